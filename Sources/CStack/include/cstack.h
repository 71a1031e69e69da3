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

/// Prepares a stack whose highest address is `top` so that the first switch to what is returned calls
/// `function(argument)` on it. The function never returns: it switches away for the last time.
void *cstack_prepare(void *top, void (*function)(void *), void *argument);

/// A lock that is held for a few instructions; free when zero.
typedef struct {
  int word;
} cstack_lock;

/// Takes a lock that somebody holds.
void cstack_lock_wait(cstack_lock *lock);

static inline void cstack_lock_take(cstack_lock *lock) {
  if (__builtin_expect(__atomic_exchange_n(&lock->word, 1, __ATOMIC_ACQUIRE), 0)) cstack_lock_wait(lock);
}

static inline void cstack_lock_give(cstack_lock *lock) {
  __atomic_store_n(&lock->word, 0, __ATOMIC_RELEASE);
}

/// What the running code of this thread belongs to, as it was last set.
void *cstack_current(void);
void cstack_set_current(void *value);

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
