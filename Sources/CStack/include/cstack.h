// Stacks: running code on a stack of its own, and the counters that go with one thread.
#ifndef CSTACK_H
#define CSTACK_H

#include <stddef.h>

/// Calls `function(argument)` on the stack whose highest address is `top` (16-byte aligned) and
/// returns when it returns. Everything else of the thread, thread-local storage included, stays.
void cstack_call(void *top, void (*function)(void *), void *argument);

/// Leaves the running stack and goes on with another: stores where this one is suspended in `*from`
/// and returns on the stack that was suspended at `to`, on this thread.
void cstack_switch(void **from, void *to);

/// Says that a stack that was left will never be gone on with.
void cstack_discard(void *suspended);

/// Prepares a stack whose highest address is `top` so that the first switch to what is returned calls
/// `function(argument)` on it. The function never returns: it switches away for the last time.
void *cstack_prepare(void *top, void (*function)(void *), void *argument);

/// What this thread was given to keep; null at first.
void *cstack_current(void);
void cstack_set_current(void *value);

/// Does nothing that the compiler knows of: what it may move behind such a call is little. See SpinLock.
void cstack_barrier(void);

/// Tells the processor that the thread waits for a word to change.
static inline void cstack_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Makes the pages at the end of a stack such that touching them is a fault, if the system can do so
/// for that many stacks.
void cstack_guard(void *page, size_t size);

/// Lets a fault at the end of a stack that this thread uses end the program with a message.
void cstack_report_overflow(void);

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
