/// The date pattern that was read last: calls for many dates mostly have the same one.
final class DatePatternCache: Sendable {
  static let shared = DatePatternCache()
  private let lock = Lock()
  // Guarded by the lock.
  nonisolated(unsafe) private var last: (text: Text, pattern: DatePattern)?

  /// Returns the pattern of a text; raises `value` where it is none.
  func pattern(_ text: Text) throws -> DatePattern {
    if let known = lock.withLock({ last }), Text.equal(known.text, text) { return known.pattern }
    let pattern = try DatePattern(text.string)
    lock.withLock { last = (text, pattern) }
    return pattern
  }
}
