import Glibc

/// The patterns compiled lately: compiling one takes much longer than most matches.
enum RegexCache {
  private static let capacity = 256

  // Guarded by the lock.
  nonisolated(unsafe) private static var compiled: [Int: Regex] = [:]
  nonisolated(unsafe) private static var lock: UnsafeMutablePointer<pthread_mutex_t> = {
    let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    return lock
  }()

  /// Returns the compiled form of a pattern; raises `parse` where it is none.
  static func regex(_ pattern: Text) throws -> Regex {
    let hash = pattern.hash
    pthread_mutex_lock(lock)
    let known = compiled[hash]
    pthread_mutex_unlock(lock)
    if let known, Text.equal(known.pattern, pattern) { return known }
    let regex = try Regex(pattern)
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    // Patterns that are made by a program would otherwise pile up.
    if compiled.count >= capacity { compiled.removeAll(keepingCapacity: true) }
    compiled[hash] = regex
    return regex
  }
}
