/// A half-open range of UTF-8 byte offsets in a source text.
public struct Span: Hashable, Sendable {
  public var lower: Int32
  public var upper: Int32

  public init(_ lower: Int, _ upper: Int) {
    self.lower = Int32(clamping: lower)
    self.upper = Int32(clamping: upper)
  }

  /// Returns the smallest span that covers both.
  public func joined(_ other: Span) -> Span {
    Span(Int(min(lower, other.lower)), Int(max(upper, other.upper)))
  }
}
