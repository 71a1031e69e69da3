// Stacks: running code on a stack of its own, and the counters that go with one thread.
#ifndef CSTACK_H
#define CSTACK_H

#include <stddef.h>

/// Calls `function(argument)` on the stack whose highest address is `top` (16-byte aligned) and
/// returns when it returns. Everything else of the thread, thread-local storage included, stays.
void cstack_call(void *top, void (*function)(void *), void *argument);

/// Returns an address in the caller's native frame.
static inline void *cstack_address(void) { return __builtin_frame_address(0); }

/// One buffer of values whose release was put off.
struct cstack_deferred {
  void *base;
  long count;
  struct cstack_deferred *next;
};

/// How deep releases of values are nested on this thread, and what was put off.
struct cstack_release {
  long depth;
  struct cstack_deferred *deferred;
};

/// Returns this thread's release state.
struct cstack_release *cstack_release_state(void);

#endif
