import SwaleEngine

/// The distinct strings of a column whose rows hold codes, numbers into this dictionary.
public final class StringDictionary: @unchecked Sendable {
  public let strings: StringBuffer
  private let lock = Lock()
  /// One text for each string, made when first asked for, so that rows share them.
  private var texts: [Text] = []

  public init(_ strings: StringBuffer) { self.strings = strings }

  public var count: Int { strings.count }

  /// The strings as texts, in the order of their codes.
  public func allTexts() -> [Text] {
    lock.withLock {
      if texts.count < count { texts = (0..<count).map(strings.text) }
      return texts
    }
  }

  /// Returns the place of each string in sorted order; one place even where there is no string, since missing
  /// items have code 0.
  func ranks(_ context: Context) throws -> Buffer<Int> {
    let order = try StringSort.order(Buffer(0..<count), strings, isDescending: false, context)
    let ranks = Buffer<Int>(repeating: 0, count: max(1, count))
    for rank in 0..<count { ranks.base[order.base[rank]] = rank }
    return ranks
  }

  /// Returns the code of a string, nil where it is not in the dictionary.
  func code(of bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    for i in 0..<count where StringBuffer.equal(strings[i], bytes) { return Int32(i) }
    return nil
  }
}
