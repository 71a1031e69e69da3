#include "cstack.h"

#include <sched.h>

// Whoever holds the lock may have lost its processor, so waiting soon turns to yielding.
void cstack_lock_wait(cstack_lock *lock) {
  for (int tries = 0;; tries++) {
    if (__atomic_load_n(&lock->word, __ATOMIC_RELAXED) == 0 &&
        __atomic_exchange_n(&lock->word, 1, __ATOMIC_ACQUIRE) == 0)
      return;
    if (tries >= 64) {
      sched_yield();
      continue;
    }
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
  }
}
