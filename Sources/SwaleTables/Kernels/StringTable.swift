import Glibc
import SwaleEngine

/// A hash table that keeps strings once each and numbers them in order of first appearance.
struct StringTable: ~Copyable {
  private struct Place {
    /// Some bits of the hash, so that most other strings are told apart without a look at them.
    var hash: UInt32
    /// -1 where the place is free.
    var number: Int32
  }

  private var places: UnsafeMutablePointer<Place>
  private var mask: Int
  private var used = 0
  private(set) var count = 0
  private var offsets = GrowingBuffer<Int>()
  private var bytes = GrowingBuffer<UInt8>()

  init() {
    mask = 255
    places = .allocate(capacity: mask + 1)
    places.initialize(repeating: Place(hash: 0, number: -1), count: mask + 1)
    offsets.append(0)
  }

  deinit { places.deallocate() }

  /// Mixes the bytes of a string, eight at a time.
  @inline(__always) private static func hash(_ string: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: string.count)
    let raw = UnsafeRawPointer(string.baseAddress!)
    var offset = 0
    let count = string.count
    while offset &+ 8 <= count {
      state = mixed(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    if offset < count {
      var word: UInt64 = 0
      if count >= 8 {
        // The last eight bytes, some of them for the second time.
        word = raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      } else {
        if count & 4 != 0 {
          word = UInt64(raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
          offset = 4
        }
        while offset < count {
          word = word &<< 8 | UInt64(raw.load(fromByteOffset: offset, as: UInt8.self))
          offset &+= 1
        }
      }
      state = mixed(state ^ word)
    }
    return state
  }

  @inline(__always) private static func mixed(_ word: UInt64) -> UInt64 {
    let (high, low) = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }

  @inline(__always) mutating func number(of string: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = StringTable.hash(string)
    let short = UInt32(truncatingIfNeeded: hash &>> 32)
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let known = places[place]
      if known.number < 0 { return add(string, short, at: place) }
      if known.hash == short, isString(Int(known.number), string) { return known.number }
      place = (place &+ 1) & mask
    }
  }

  @inline(__always) private func isString(_ number: Int, _ string: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = offsets.base[number]
    let count = offsets.base[number &+ 1] &- start
    return count == string.count && memcmp(bytes.base + start, string.baseAddress!, count) == 0
  }

  /// Takes a number for something that is no string; the dictionary has an empty one in its place.
  mutating func reserveNumber() -> Int32 {
    offsets.append(bytes.count)
    count += 1
    return Int32(count - 1)
  }

  private mutating func add(_ string: UnsafeBufferPointer<UInt8>, _ hash: UInt32, at place: Int) -> Int32 {
    places[place] = Place(hash: hash, number: Int32(count))
    bytes.append(contentsOf: string.baseAddress!, count: string.count)
    offsets.append(bytes.count)
    count += 1
    used += 1
    if used * 2 > mask { grow() }
    return Int32(count - 1)
  }

  private mutating func grow() {
    let (old, oldCount) = (places, mask + 1)
    mask = oldCount * 4 - 1
    places = .allocate(capacity: mask + 1)
    places.initialize(repeating: Place(hash: 0, number: -1), count: mask + 1)
    for i in 0..<oldCount where old[i].number >= 0 {
      var place = Int(truncatingIfNeeded: StringTable.hash(self[Int(old[i].number)])) & mask
      while places[place].number >= 0 { place = (place + 1) & mask }
      places[place] = old[i]
    }
    old.deallocate()
  }

  /// The string of a number.
  subscript(number: Int) -> UnsafeBufferPointer<UInt8> {
    let start = offsets.base[number]
    return UnsafeBufferPointer(start: bytes.base + start, count: offsets.base[number + 1] - start)
  }

  /// The number of bytes that the strings take.
  var byteCount: Int { bytes.count }

  /// Returns the strings in the order of their numbers and forgets them.
  mutating func finish() -> StringDictionary {
    StringDictionary(StringBuffer(offsets: offsets.finish(), bytes: bytes.finish()))
  }
}
