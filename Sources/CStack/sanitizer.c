// Switching stacks such that the thread sanitizer knows which one runs.
#include "sanitizer.h"

#if defined(SANITIZES_THREADS)
#include "cstack.h"

#include <sanitizer/tsan_interface.h>
#include <stdint.h>

void cstack_switch_plain(void **from, void *to);
void *cstack_prepare_plain(void *top, void (*function)(void *), void *argument);

// A suspended stack is known by this, which lies in the frame that switched away or, before it has
// run, at the top of the stack.
struct suspended {
  void *stack_pointer;
  void *fiber;
};

void cstack_switch(void **from, void *to) {
  struct suspended here = {0, __tsan_get_current_fiber()};
  struct suspended *there = to;
  *from = &here;
  __tsan_switch_to_fiber(there->fiber, 0);
  cstack_switch_plain(&here.stack_pointer, there->stack_pointer);
}

void *cstack_prepare(void *top, void (*function)(void *), void *argument) {
  struct suspended *new = (struct suspended *)((uintptr_t)top & ~(uintptr_t)15) - 1;
  new->fiber = __tsan_create_fiber(0);
  new->stack_pointer = cstack_prepare_plain(new, function, argument);
  return new;
}

void cstack_discard(void *suspended) { __tsan_destroy_fiber(((struct suspended *)suspended)->fiber); }
#endif
