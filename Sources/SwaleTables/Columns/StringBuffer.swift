import Glibc
import SwaleEngine

/// Strings one behind the other: the bytes of string i lie between offsets i and i + 1.
public struct StringBuffer: Sendable {
  public let offsets: Buffer<Int>
  public let bytes: Buffer<UInt8>

  public init(offsets: Buffer<Int>, bytes: Buffer<UInt8>) {
    self.offsets = offsets
    self.bytes = bytes
  }

  public var count: Int { offsets.count - 1 }

  @inline(__always) public subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = offsets.base[index]
    return UnsafeBufferPointer(start: bytes.base + start, count: offsets.base[index &+ 1] &- start)
  }

  public func text(_ index: Int) -> Text {
    let bytes = self[index]
    return bytes.count == 0 ? Text.empty : Text.make(bytes)
  }

  /// Returns the strings from `lower` up to but not including `upper`, without a copy.
  func slice(_ lower: Int, _ upper: Int) -> StringBuffer {
    StringBuffer(offsets: offsets.slice(lower, upper + 1), bytes: bytes)
  }

  /// Returns the strings at `count` rows, in that order; a row of -1 gives an empty one.
  func gather(_ rows: UnsafeMutablePointer<Int>, _ count: Int, _ context: Context) throws -> StringBuffer {
    let source = self.offsets.base
    let shares = Parallel.shareCount(of: count)
    let starts = Buffer<Int>(repeating: 0, count: shares + 1)
    try Parallel.forEachShare(of: count, context) { share, part in
      var total = 0
      for i in part where rows[i] >= 0 { total &+= source[rows[i] &+ 1] &- source[rows[i]] }
      starts.base[share + 1] = total
    }
    for share in 0..<shares { starts.base[share + 1] += starts.base[share] }
    let offsets = Buffer<Int>(uninitialized: count + 1)
    let bytes = Buffer<UInt8>(uninitialized: starts.base[shares])
    try Parallel.forEachShare(of: count, context) { share, part in
      var position = starts.base[share]
      var i = part.lowerBound
      while i < part.upperBound {
        let row = rows[i]
        offsets.base[i] = position
        if row < 0 {
          i &+= 1
          continue
        }
        // Rows one after the other are copied at once.
        let start = i
        let shift = position &- source[row]
        i &+= 1
        while i < part.upperBound, rows[i] == row &+ (i &- start) {
          offsets.base[i] = source[rows[i]] &+ shift
          i &+= 1
        }
        let size = source[row &+ (i &- start)] &- source[row]
        memcpy(bytes.base + position, self.bytes.base + source[row], size)
        position &+= size
      }
    }
    offsets.base[count] = starts.base[shares]
    return StringBuffer(offsets: offsets, bytes: bytes)
  }

  /// Returns a negative, zero or positive number as `a` stands before, at or behind `b` by bytes.
  @inline(__always)
  static func compare(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
    let order = Int(memcmp(a.baseAddress!, b.baseAddress!, min(a.count, b.count)))
    return order != 0 ? order : a.count &- b.count
  }

  @inline(__always)
  static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    a.count == b.count && memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0
  }

  /// A string without bytes.
  // Nobody writes to it.
  nonisolated(unsafe) static let none = UnsafeBufferPointer<UInt8>(
    start: UnsafeMutablePointer<UInt8>.allocate(capacity: 1), count: 0)
}
