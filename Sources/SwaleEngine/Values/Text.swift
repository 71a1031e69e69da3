import Glibc

/// What a `Text` knows of its bytes, stored before them.
public struct TextHeader {
  var count: Int
  var capacity: Int
  /// 0 while not computed.
  var hash: Int = 0
  /// User-perceived characters; -1 while not counted.
  var characters: Int = -1
  /// 0 unknown, 1 all bytes below 0x80, 2 some above.
  var ascii: UInt8 = 0
  /// The index of a character that was looked for, and in the low half its byte offset. One word, so that
  /// both always belong together.
  var mark: UInt64 = 0
}

/// The storage of a string: valid UTF-8 in one allocation, with its hash remembered.
///
/// Immutable, but for `append` on a text that nobody else holds. The remembered parts are written
/// by whoever needs them first; two threads that do so write the same words.
public final class Text: ManagedBuffer<TextHeader, UInt8> {
  /// Makes a text of the bytes, which must be valid UTF-8.
  public static func make(_ bytes: UnsafeBufferPointer<UInt8>, extraCapacity: Int = 0) -> Text {
    make(count: bytes.count, extraCapacity: extraCapacity) { target in
      if let base = bytes.baseAddress, bytes.count > 0 {
        target.update(from: base, count: bytes.count)
      }
    }
  }

  /// Makes a text of `count` bytes that `fill` writes; they must be valid UTF-8.
  public static func make(
    count: Int, extraCapacity: Int = 0, fill: (UnsafeMutablePointer<UInt8>) throws -> Void
  ) rethrows -> Text {
    let capacity = count + extraCapacity
    let text = unsafeDowncast(
      Text.create(minimumCapacity: capacity) { _ in TextHeader(count: count, capacity: capacity) },
      to: Text.self)
    try text.withUnsafeMutablePointerToElements(fill)
    return text
  }

  nonisolated(unsafe) public static let empty = make(count: 0) { _ in }

  /// One text for each ASCII character: characters of strings are not allocated anew.
  nonisolated(unsafe) static let asciiCharacters: [Text] = (0..<128).map { byte in
    make(count: 1) { $0.pointee = UInt8(byte) }
  }

  @inlinable public var bytes: UnsafeBufferPointer<UInt8> {
    withUnsafeMutablePointers { header, elements in
      UnsafeBufferPointer(start: elements, count: header.pointee.byteCount)
    }
  }

  /// The number of UTF-8 bytes.
  public var byteCount: Int { header.count }

  public var isASCII: Bool {
    withUnsafeMutablePointers { header, elements in
      if header.pointee.ascii == 0 {
        var bits: UInt8 = 0
        for i in 0..<header.pointee.count { bits |= elements[i] }
        header.pointee.ascii = bits < 0x80 ? 1 : 2
      }
      return header.pointee.ascii == 1
    }
  }

  /// The number of user-perceived characters.
  public var characterCount: Int {
    if header.characters < 0 {
      // "\r\n" is one character even in ASCII.
      header.characters = isASCII && !hasCarriageReturn ? header.count : countCharacters()
    }
    return header.characters
  }

  var hasCarriageReturn: Bool { bytes.contains(0x0D) }

  /// True if the character at offset i is the byte at offset i.
  public var isIndexedByByte: Bool { characterCount == header.count }

  public var string: String { String(decoding: bytes, as: UTF8.self) }

  @inlinable public var hash: Int {
    let known = header.knownHash
    return known != 0 ? known : computeHash()
  }

  @usableFromInline @inline(never) func computeHash() -> Int {
    withUnsafeMutablePointers { header, elements in
      var hash = Text.hash(UnsafeBufferPointer(start: elements, count: header.pointee.count))
      if hash == 0 { hash = 1 }
      header.pointee.hash = hash
      return hash
    }
  }

  /// A multiply-and-fold hash over eight bytes at a time (the idea of wyhash).
  public static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
    let raw = UnsafeRawPointer(bytes.baseAddress!)
    var offset = 0
    while offset &+ 8 <= bytes.count {
      state = mixed(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    if offset < bytes.count {
      var word: UInt64 = 0
      var shift: UInt64 = 0
      while offset < bytes.count {
        word |= UInt64(raw.load(fromByteOffset: offset, as: UInt8.self)) &<< shift
        shift &+= 8
        offset &+= 1
      }
      state = mixed(state ^ word)
    }
    return Int(bitPattern: UInt(truncatingIfNeeded: state))
  }

  @inline(__always) static func mixed(_ word: UInt64) -> UInt64 {
    let (high, low) = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }

  @inlinable public static func equal(_ a: Text, _ b: Text) -> Bool {
    a === b || equalBytes(a, b)
  }

  @usableFromInline static func equalBytes(_ a: Text, _ b: Text) -> Bool {
    let x = a.bytes
    let y = b.bytes
    return x.count == y.count
      && (x.count == 0 || memcmp(x.baseAddress!, y.baseAddress!, x.count) == 0)
  }

  /// Returns a negative, zero or positive number as `a` stands before, at or behind `b` by bytes.
  public static func compare(_ a: Text, _ b: Text) -> Int {
    let x = a.bytes
    let y = b.bytes
    let shared = min(x.count, y.count)
    let order = shared == 0 ? 0 : Int(memcmp(x.baseAddress!, y.baseAddress!, shared))
    return order != 0 ? order : x.count - y.count
  }

  /// Returns the text between two byte offsets, which must lie between characters.
  public func slice(_ lower: Int, _ upper: Int) -> Text {
    if lower == 0 && upper == header.count { return self }
    if upper - lower == 1 {
      let byte = bytes[lower]
      if byte < 0x80 { return Text.asciiCharacters[Int(byte)] }
    }
    return Text.make(UnsafeBufferPointer(rebasing: bytes[lower..<upper]))
  }

  public static func concatenate(_ a: Text, _ b: Text) -> Text {
    let x = a.bytes
    let y = b.bytes
    if x.count == 0 { return b }
    if y.count == 0 { return a }
    return make(count: x.count + y.count) { target in
      target.update(from: x.baseAddress!, count: x.count)
      (target + x.count).update(from: y.baseAddress!, count: y.count)
    }
  }

  /// Appends, in place where `text` is held once and has room. One that is held once and has none
  /// gets room for more, so that building a text piece by piece takes linear time.
  public static func append(_ addition: Text, to text: inout Text) {
    let added = addition.byteCount
    if added == 0 { return }
    let count = text.byteCount
    guard isKnownUniquelyReferenced(&text) else {
      text = concatenate(text, addition)
      return
    }
    if text.header.capacity >= count + added {
      let source = addition.bytes
      text.withUnsafeMutablePointers { header, elements in
        (elements + count).update(from: source.baseAddress!, count: added)
        header.pointee.count = count + added
        header.pointee.hash = 0
        header.pointee.characters = -1
        header.pointee.ascii = 0
      }
      return
    }
    let old = text.bytes
    let new = addition.bytes
    text = make(count: count + added, extraCapacity: count + added + 16) { target in
      if count > 0 { target.update(from: old.baseAddress!, count: count) }
      (target + count).update(from: new.baseAddress!, count: added)
    }
  }
}

extension TextHeader {
  @usableFromInline var byteCount: Int { count }
  @usableFromInline var knownHash: Int { hash }
}

extension Text {
  /// Makes a text of a Swift string.
  public static func of(_ string: String) -> Text {
    var string = string
    return string.withUTF8 { Text.make($0) }
  }
}
