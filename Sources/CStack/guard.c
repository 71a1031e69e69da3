// For `sigaltstack` and the names of registers.
#define _GNU_SOURCE
#include "cstack.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#ifdef __linux__
// Guards a page without a mapping of its own; Linux 6.13. Older headers do not name it.
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif
#endif

// Mappings are limited (65,530 by default): on older systems only so many pages are guarded.
static int mappings_left = 8192;

void cstack_guard(void *page, size_t size) {
#ifdef __linux__
  static int is_missing;
  if (!__atomic_load_n(&is_missing, __ATOMIC_RELAXED)) {
    if (madvise(page, size, MADV_GUARD_INSTALL) == 0) return;
    if (errno == EINVAL) __atomic_store_n(&is_missing, 1, __ATOMIC_RELAXED);
  }
#endif
  if (__atomic_sub_fetch(&mappings_left, 1, __ATOMIC_RELAXED) >= 0) mprotect(page, size, PROT_NONE);
}

static uintptr_t stack_pointer(const ucontext_t *context) {
#if defined(__x86_64__) && defined(__linux__)
  return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__) && defined(__linux__)
  return (uintptr_t)context->uc_mcontext.sp;
#else
  (void)context;
  return 0;
#endif
}

static void handle_fault(int number, siginfo_t *info, void *context) {
  const uintptr_t near = 1 << 16;
  uintptr_t address = (uintptr_t)info->si_addr;
  uintptr_t top = stack_pointer(context);
  if (address + near > top && address < top + near) {
    static const char message[] =
        "swale: a function that is built in needed more stack than there is, which is a bug of Swale\n";
    if (write(2, message, sizeof message - 1) < 0) _exit(134);
  }
  // The instruction runs again, and the program ends as it does without a handler.
  signal(number, SIG_DFL);
}

void cstack_report_overflow(void) {
  static __thread void *alternate;
  if (alternate) return;
  const size_t size = 1 << 16;
  alternate = malloc(size);
  stack_t stack = {.ss_sp = alternate, .ss_size = size};
  if (!alternate || sigaltstack(&stack, NULL) != 0) return;
  struct sigaction action = {.sa_sigaction = handle_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  sigaction(SIGSEGV, &action, NULL);
}
