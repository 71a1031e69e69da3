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
    let offsets = Buffer<Int>(uninitialized: count + 1)
    var total = 0
    try context.forEachRow(count) { i in
      offsets.base[i] = total
      if rows[i] >= 0 { total &+= self[rows[i]].count }
    }
    offsets.base[count] = total
    let bytes = Buffer<UInt8>(uninitialized: total)
    try context.forEachRow(count) { i in
      if rows[i] < 0 { return }
      let string = self[rows[i]]
      memcpy(bytes.base + offsets.base[i], string.baseAddress!, string.count)
    }
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
  nonisolated(unsafe) static let none = UnsafeBufferPointer<UInt8>(start: Buffer<UInt8>.allocate(1), count: 0)
}
