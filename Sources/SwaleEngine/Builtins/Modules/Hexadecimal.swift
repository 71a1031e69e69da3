/// Bytes as pairs of hexadecimal digits.
enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Returns two lower-case digits for each byte.
  static func text(_ bytes: UnsafeRawBufferPointer) -> Text {
    Text.make(count: bytes.count * 2) { target in
      for (i, byte) in bytes.enumerated() {
        target[2 * i] = digits[Int(byte >> 4)]
        target[2 * i + 1] = digits[Int(byte & 15)]
      }
    }
  }

  /// The value of a digit of either case; nil for any other byte.
  @inline(__always) static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }
}
