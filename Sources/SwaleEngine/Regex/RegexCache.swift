/// The patterns compiled lately: compiling one takes much longer than most matches.
enum RegexCache {
  private static let capacity = 256

  // Guarded by the lock.
  nonisolated(unsafe) private static var compiled: [Int: Regex] = [:]
  private static let lock = Lock()

  /// Returns the compiled form of a pattern; raises `parse` where it is none.
  static func regex(_ pattern: Text) throws -> Regex {
    let hash = pattern.hash
    let known = lock.withLock { compiled[hash] }
    if let known, Text.equal(known.pattern, pattern) { return known }
    let regex = try Regex(pattern)
    lock.withLock {
      // Patterns that are made by a program would otherwise pile up.
      if compiled.count >= capacity { compiled.removeAll(keepingCapacity: true) }
      compiled[hash] = regex
    }
    return regex
  }
}
