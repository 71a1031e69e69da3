#include "cstack.h"

static __thread struct cstack_release release_state;

struct cstack_release *cstack_release_state(void) { return &release_state; }

#if defined(__x86_64__)
// rbx is callee-saved: it keeps the old stack pointer across the call.
__asm__(".text\n"
        ".globl cstack_call\n"
        ".type cstack_call,@function\n"
        "cstack_call:\n"
        "  .cfi_startproc\n"
        "  pushq %rbx\n"
        "  .cfi_adjust_cfa_offset 8\n"
        "  .cfi_rel_offset %rbx, 0\n"
        "  movq %rsp, %rbx\n"
        "  .cfi_def_cfa %rbx, 16\n"
        "  movq %rdi, %rsp\n"
        "  andq $-16, %rsp\n"
        "  movq %rdx, %rdi\n"
        "  callq *%rsi\n"
        "  movq %rbx, %rsp\n"
        "  .cfi_def_cfa %rsp, 16\n"
        "  popq %rbx\n"
        "  .cfi_adjust_cfa_offset -8\n"
        "  retq\n"
        "  .cfi_endproc\n"
        ".size cstack_call,.-cstack_call\n");
#elif defined(__aarch64__)
// x19 is callee-saved: it keeps the old stack pointer across the call.
__asm__(".text\n"
        ".globl cstack_call\n"
        ".type cstack_call,%function\n"
        "cstack_call:\n"
        "  stp x29, x30, [sp, #-32]!\n"
        "  str x19, [sp, #16]\n"
        "  mov x29, sp\n"
        "  mov x19, sp\n"
        "  and x9, x0, #-16\n"
        "  mov sp, x9\n"
        "  mov x0, x2\n"
        "  blr x1\n"
        "  mov sp, x19\n"
        "  ldr x19, [sp, #16]\n"
        "  ldp x29, x30, [sp], #32\n"
        "  ret\n"
        ".size cstack_call,.-cstack_call\n");
#else
#include <ucontext.h>

struct call {
  void (*function)(void *);
  void *argument;
};

static __thread struct call pending;

static void start(void) {
  struct call call = pending;
  call.function(call.argument);
}

void cstack_call(void *top, void (*function)(void *), void *argument) {
  ucontext_t here, there;
  // makecontext wants a base and a size; only the top is used when a stack grows downwards.
  const size_t size = 1 << 16;
  getcontext(&there);
  there.uc_stack.ss_sp = (char *)top - size;
  there.uc_stack.ss_size = size;
  there.uc_link = &here;
  pending.function = function;
  pending.argument = argument;
  makecontext(&there, start, 0);
  swapcontext(&here, &there);
}
#endif

#if defined(__linux__) && defined(__ELF__)
__asm__(".section .note.GNU-stack,\"\",%progbits\n.text\n");
#endif
