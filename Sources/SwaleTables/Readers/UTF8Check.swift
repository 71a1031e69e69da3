import SwaleEngine

/// Finds bytes that are no UTF-8.
enum UTF8Check {
  /// Returns the offset of the first byte that is not part of a valid sequence.
  static func firstInvalid(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    var i = 0
    while i < count {
      // Eight bytes of ASCII at once.
      if i &+ 8 <= count, UnsafeRawPointer(p + i).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        i &+= 8
        continue
      }
      let byte = p[i]
      if byte < 0x80 {
        i &+= 1
        continue
      }
      let length: Int
      // The second byte is bounded more tightly where shorter sequences, surrogates or numbers beyond the
      // last one would be written otherwise.
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch byte {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: length = 4
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return i
      }
      guard i + length <= count, second.contains(p[i + 1]) else { return i }
      for k in 2..<max(2, length) where p[i + k] & 0xC0 != 0x80 { return i }
      i &+= length
    }
    return nil
  }

  static func error(_ name: String, line: Int, offset: Int, byte: UInt8) -> SwaleError {
    let hex = String(byte, radix: 16, uppercase: true)
    return SwaleError(
      .parse, "\(name), line \(line): byte \(offset) (0x\(hex.count < 2 ? "0" : "")\(hex)) is no valid UTF-8",
      hint: "a file in another encoding can be converted: iconv -f latin1 -t utf-8 \(name)")
  }
}
