#include "cstack.h"

static __thread void *current;

// Not inline: code that moved to another thread in mid-call must not reuse the address of the old
// thread's variable.
__attribute__((noinline)) void *cstack_current(void) { return current; }

__attribute__((noinline)) void cstack_set_current(void *value) { current = value; }

// Not inline, so that for all that its callers know it releases what they hold.
__attribute__((noinline)) void cstack_barrier(void) { __asm__ volatile("" ::: "memory"); }
