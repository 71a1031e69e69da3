import CLibraries
import Glibc

/// Waits for file descriptors, a deadline or a call of `wake`, whichever comes first.
///
/// One worker waits here while all others sleep or work; `register` and `wake` may be called by
/// anyone, `wake` even by a signal handler.
final class Poller: @unchecked Sendable {
  private let epoll: Int32
  /// The event that ends a wait.
  let wakeup: Int32

  init?() {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    wakeup = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
    if epoll < 0 || wakeup < 0 { return nil }
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: 0))
    epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup, &event)
  }

  deinit {
    close(epoll)
    close(wakeup)
  }

  func wake() {
    var one: UInt64 = 1
    _ = write(wakeup, &one, 8)
  }

  /// Waits so many nanoseconds at most, nil for as long as it takes; a `wake` before it ends it at
  /// once. Returns the keys of the descriptors that are ready.
  func wait(_ nanoseconds: Int?) -> [UInt64] {
    // epoll itself counts in milliseconds; that something is ready can be waited for more exactly.
    var ready = pollfd(fd: epoll, events: Int16(POLLIN), revents: 0)
    if let nanoseconds {
      var limit = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
      _ = ppoll(&ready, 1, &limit, nil)
    } else {
      _ = ppoll(&ready, 1, nil, nil)
    }
    return withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
      let count = epoll_wait(epoll, events.baseAddress, Int32(events.count), 0)
      var keys: [UInt64] = []
      for event in events.prefix(max(0, Int(count))) {
        if event.data.u64 == 0 {
          var count: UInt64 = 0
          _ = read(wakeup, &count, 8)
        } else {
          keys.append(event.data.u64)
        }
      }
      return keys
    }
  }

  /// Asks for the key, which is not 0, once the descriptor can be read or written. False where the
  /// descriptor is of a kind that never waits, such as a file.
  func register(_ descriptor: Int32, writing: Bool, key: UInt64) -> Bool {
    let interest = (writing ? EPOLLOUT : EPOLLIN).rawValue | EPOLLONESHOT.rawValue
    var event = epoll_event(events: interest, data: epoll_data_t(u64: key))
    if epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 { return true }
    return errno == EEXIST && epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) == 0
  }

  func unregister(_ descriptor: Int32) { epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil) }
}
