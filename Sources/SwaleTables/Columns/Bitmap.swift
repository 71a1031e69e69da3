/// One bit for each row, set where the row has a value.
public struct Bitmap: Sendable {
  public let words: Buffer<UInt64>
  public let count: Int

  /// Makes a bitmap of `count` bits that are all set or all clear.
  public init(repeating isSet: Bool, count: Int) {
    words = Buffer(repeating: isSet ? ~0 : 0, count: (count + 63) / 64)
    self.count = count
    clearTail()
  }

  /// Makes a bitmap of words in which the bits from `count` on are clear.
  init(words: Buffer<UInt64>, count: Int) {
    self.words = words
    self.count = count
  }

  @inline(__always) public subscript(index: Int) -> Bool {
    words.base[index &>> 6] &>> UInt64(truncatingIfNeeded: index & 63) & 1 != 0
  }

  // Changing bits is for whoever made the bitmap, before it is handed out.

  @inline(__always) func clear(_ index: Int) {
    words.base[index &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: index & 63))
  }

  @inline(__always) func set(_ index: Int) {
    words.base[index &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: index & 63)
  }

  private func clearTail() {
    let rest = count & 63
    if rest != 0 { words.base[words.count - 1] &= 1 &<< UInt64(rest) &- 1 }
  }

  /// The number of bits that are set.
  public var setCount: Int {
    var total = 0
    for i in 0..<words.count { total &+= words.base[i].nonzeroBitCount }
    return total
  }

  /// Returns this bitmap, nil where all bits are set: columns without missing values have none.
  var ifPartial: Bitmap? { setCount == count ? nil : self }

  /// Returns the bits from `lower` up to but not including `upper`.
  public func slice(_ lower: Int, _ upper: Int) -> Bitmap {
    let result = Bitmap(words: Buffer(uninitialized: (upper - lower + 63) / 64), count: upper - lower)
    let shift = UInt64(lower & 63)
    var source = lower >> 6
    for i in 0..<result.words.count {
      var word = words.base[source] &>> shift
      if shift > 0, source + 1 < words.count { word |= words.base[source + 1] &<< (64 &- shift) }
      result.words.base[i] = word
      source += 1
    }
    result.clearTail()
    return result
  }

  /// Clears those bits from `start` on that are clear in the other bitmap.
  func clear(from start: Int, where other: Bitmap) {
    let shift = UInt64(start & 63)
    var target = start >> 6
    for i in 0..<other.words.count {
      var clear = ~other.words.base[i]
      if i == other.words.count - 1, other.count & 63 != 0 { clear &= 1 &<< UInt64(other.count & 63) &- 1 }
      words.base[target] &= ~(clear &<< shift)
      if shift > 0, target + 1 < words.count { words.base[target + 1] &= ~(clear &>> (64 &- shift)) }
      target += 1
    }
  }

  /// Returns the bits set in both; nil stands for all set.
  static func both(_ a: Bitmap?, _ b: Bitmap?) -> Bitmap? {
    guard let a else { return b }
    guard let b else { return a }
    let result = Bitmap(words: Buffer(uninitialized: a.words.count), count: a.count)
    for i in 0..<a.words.count { result.words.base[i] = a.words.base[i] & b.words.base[i] }
    return result
  }
}
