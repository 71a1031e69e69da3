#include "cstack.h"

#include "sanitizer.h"

#if defined(SANITIZES_THREADS)
// The thread sanitizer must know which stack runs: sanitizer.c has the functions of the header and
// calls these.
#define cstack_switch cstack_switch_plain
#define cstack_prepare cstack_prepare_plain
#define SWITCH "cstack_switch_plain"
#else
#define SWITCH "cstack_switch"
void cstack_discard(void *suspended) { (void)suspended; }
#endif

#include <stdint.h>

#if defined(__x86_64__)
// A suspended stack holds, from its pointer up: the floating-point control words, r15 r14 r13 r12 rbx
// rbp and the return address. Everything else is the caller's to save.
__asm__(".text\n"
        ".globl " SWITCH "\n"
        ".type " SWITCH ",@function\n"
        SWITCH ":\n"
        "  .cfi_startproc\n"
        "  pushq %rbp\n"
        "  pushq %rbx\n"
        "  pushq %r12\n"
        "  pushq %r13\n"
        "  pushq %r14\n"
        "  pushq %r15\n"
        "  subq $8, %rsp\n"
        "  stmxcsr (%rsp)\n"
        "  fnstcw 4(%rsp)\n"
        "  movq %rsp, (%rdi)\n"
        "  movq %rsi, %rsp\n"
        "  ldmxcsr (%rsp)\n"
        "  fldcw 4(%rsp)\n"
        "  addq $8, %rsp\n"
        "  popq %r15\n"
        "  popq %r14\n"
        "  popq %r13\n"
        "  popq %r12\n"
        "  popq %rbx\n"
        "  popq %rbp\n"
        "  retq\n"
        "  .cfi_endproc\n"
        ".size " SWITCH ",.-" SWITCH "\n"
        // The first switch to a new stack returns to here, with the function in r12 and its argument
        // in r13. Nothing called it, and the zero above ends back-traces.
        ".globl cstack_start\n"
        ".hidden cstack_start\n"
        ".type cstack_start,@function\n"
        "cstack_start:\n"
        "  .cfi_startproc\n"
        "  .cfi_undefined rip\n"
        "  movq %r13, %rdi\n"
        "  callq *%r12\n"
        "  ud2\n"
        "  .cfi_endproc\n"
        ".size cstack_start,.-cstack_start\n");

extern void cstack_start(void);

void *cstack_prepare(void *top, void (*function)(void *), void *argument) {
  uint64_t *words = (uint64_t *)((uintptr_t)top & ~(uintptr_t)15);
  uint32_t mxcsr;
  uint16_t control;
  __asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
  __asm__ volatile("fnstcw %0" : "=m"(control));
  *--words = 0;
  *--words = 0;
  *--words = (uint64_t)(uintptr_t)cstack_start;
  *--words = 0;                             // rbp
  *--words = 0;                             // rbx
  *--words = (uint64_t)(uintptr_t)function; // r12
  *--words = (uint64_t)(uintptr_t)argument; // r13
  *--words = 0;                             // r14
  *--words = 0;                             // r15
  *--words = (uint64_t)control << 32 | mxcsr;
  return words;
}
#elif defined(__aarch64__)
// A suspended stack holds, from its pointer up: x19 to x30, d8 to d15 and the floating-point control
// register. Everything else is the caller's to save.
__asm__(".text\n"
        ".globl " SWITCH "\n"
        ".type " SWITCH ",%function\n"
        SWITCH ":\n"
        "  sub sp, sp, #176\n"
        "  stp x19, x20, [sp, #0]\n"
        "  stp x21, x22, [sp, #16]\n"
        "  stp x23, x24, [sp, #32]\n"
        "  stp x25, x26, [sp, #48]\n"
        "  stp x27, x28, [sp, #64]\n"
        "  stp x29, x30, [sp, #80]\n"
        "  stp d8, d9, [sp, #96]\n"
        "  stp d10, d11, [sp, #112]\n"
        "  stp d12, d13, [sp, #128]\n"
        "  stp d14, d15, [sp, #144]\n"
        "  mrs x9, fpcr\n"
        "  str x9, [sp, #160]\n"
        "  mov x9, sp\n"
        "  str x9, [x0]\n"
        "  mov sp, x1\n"
        "  ldr x9, [sp, #160]\n"
        "  msr fpcr, x9\n"
        "  ldp x19, x20, [sp, #0]\n"
        "  ldp x21, x22, [sp, #16]\n"
        "  ldp x23, x24, [sp, #32]\n"
        "  ldp x25, x26, [sp, #48]\n"
        "  ldp x27, x28, [sp, #64]\n"
        "  ldp x29, x30, [sp, #80]\n"
        "  ldp d8, d9, [sp, #96]\n"
        "  ldp d10, d11, [sp, #112]\n"
        "  ldp d12, d13, [sp, #128]\n"
        "  ldp d14, d15, [sp, #144]\n"
        "  add sp, sp, #176\n"
        "  ret\n"
        ".size " SWITCH ",.-" SWITCH "\n"
        // The first switch to a new stack returns to here, with the function in x19 and its argument
        // in x20.
        ".globl cstack_start\n"
        ".hidden cstack_start\n"
        ".type cstack_start,%function\n"
        "cstack_start:\n"
        "  mov x0, x20\n"
        "  mov x30, xzr\n"
        "  blr x19\n"
        "  brk #1\n"
        ".size cstack_start,.-cstack_start\n");

extern void cstack_start(void);

void *cstack_prepare(void *top, void (*function)(void *), void *argument) {
  uint64_t *words = (uint64_t *)((uintptr_t)top & ~(uintptr_t)15) - 22;
  uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  for (int i = 0; i < 22; i++) words[i] = 0;
  words[0] = (uint64_t)(uintptr_t)function;      // x19
  words[1] = (uint64_t)(uintptr_t)argument;      // x20
  words[11] = (uint64_t)(uintptr_t)cstack_start; // x30
  words[20] = control;
  return words;
}
#else
#include <ucontext.h>

// A suspended stack is known by its ucontext, which lies in the frame that switched away or, before
// it has run, at the top of the stack.
void cstack_switch(void **from, void *to) {
  ucontext_t here;
  *from = &here;
  swapcontext(&here, (ucontext_t *)to);
}

struct first {
  ucontext_t context;
  void (*function)(void *);
  void *argument;
};

static void start(unsigned high, unsigned low) {
  struct first *first = (struct first *)((uintptr_t)high << 32 | low);
  first->function(first->argument);
}

void *cstack_prepare(void *top, void (*function)(void *), void *argument) {
  // makecontext wants a base and a size; only the top is used when a stack grows downwards.
  const size_t size = 1 << 14;
  struct first *first = (struct first *)(((uintptr_t)top - sizeof(struct first)) & ~(uintptr_t)15);
  getcontext(&first->context);
  first->context.uc_stack.ss_sp = (char *)first - size;
  first->context.uc_stack.ss_size = size;
  first->context.uc_link = NULL;
  first->function = function;
  first->argument = argument;
  makecontext(&first->context, (void (*)(void))start, 2, (unsigned)((uintptr_t)first >> 32),
              (unsigned)(uintptr_t)first);
  return &first->context;
}
#endif

#if defined(__linux__) && defined(__ELF__)
__asm__(".section .note.GNU-stack,\"\",%progbits\n.text\n");
#endif
