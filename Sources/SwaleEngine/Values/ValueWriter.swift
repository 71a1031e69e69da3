import Glibc

/// Builds text from values: what `print` shows and, in display form, what reads back as source.
public struct ValueWriter {
  /// Valid UTF-8.
  public var bytes: [UInt8] = []
  /// True inside a cell, where further cells are not followed: cells can contain themselves.
  var isInsideCell = false
  /// Why some value could not be written: a table whose plan fails when its rows are asked for, an
  /// interrupt, or too much text.
  public var failure: (any Error)?
  private let context: Context?
  private(set) var isStopped = false
  private var steps = 0
  /// How much text there may be before the next look at interrupts.
  private var nextLook = ValueWriter.stretch
  private static let stretch = 1 << 22

  public init() { context = nil }

  /// Makes a writer that stops writing at an interrupt and when the text becomes too large, which
  /// `finish` raises.
  public init(watching context: Context) {
    self.context = context
    bytes.reserveCapacity(48)
  }

  /// What was written.
  public var text: Text { bytes.withUnsafeBufferPointer { Text.make($0) } }

  /// Returns what was written; raises what kept a value from being written.
  public func finish() throws -> Text {
    if let failure { throw failure }
    return text
  }

  /// Counts one value to be written; false where no more is to be written.
  @inline(__always) mutating func goesOn() -> Bool {
    steps &+= 1
    if steps & 0xFFF == 0 || bytes.count > nextLook { look() }
    return !isStopped
  }

  @inline(never) private mutating func look() {
    nextLook = bytes.count + ValueWriter.stretch
    guard let context, !isStopped else { return }
    do {
      try context.tick(0x1000)
      try Operations.checkSize(bytes.count, 1)
    } catch {
      failure = error
      isStopped = true
    }
  }
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func write(_ string: String) { bytes.append(contentsOf: string.utf8) }
  public mutating func write(_ text: Text) { bytes.append(contentsOf: text.bytes) }

  /// Writes an ASCII character.
  @inline(__always) public mutating func write(byte: UInt8) { bytes.append(byte) }

  @inline(__always) mutating func write(_ character: Unicode.Scalar) {
    bytes.append(contentsOf: UTF8.encode(character)!)
  }

  /// Writes an int in decimal digits.
  public mutating func writeInt(_ number: Int) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    writeDigits(number.magnitude)
  }

  /// Writes a number in decimal digits, with leading zeros up to a width.
  mutating func writeDigits(_ number: UInt, width: Int = 1) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
      var rest = number
      var start = 20
      repeat {
        start -= 1
        buffer[start] = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
        rest /= 10
      } while rest > 0
      for _ in 0..<max(0, width - (20 - start)) { bytes.append(UInt8(ascii: "0")) }
      bytes.append(contentsOf: buffer[start...])
    }
  }

  /// Writes the shortest digits that read back as the same float, always with a point or an
  /// exponent: `3.0`, `1e22`, `2.5e-7`, `nan`, `inf`.
  public mutating func writeDouble(_ number: Double) {
    if !number.isFinite {
      write(number.isNaN ? "nan" : number < 0 ? "-inf" : "inf")
      return
    }
    if number.sign == .minus { bytes.append(UInt8(ascii: "-")) }
    if number == 0 { return write("0.0") }
    let magnitude = number.magnitude
    if magnitude < 1e15, let whole = UInt(exactly: magnitude) {
      writeDigits(whole)
      return write(".0")
    }
    writeShortest(magnitude)
  }

  /// Writes the digits that the standard library finds in this language's layout.
  private mutating func writeShortest(_ magnitude: Double) {
    var digits: [UInt8] = []
    digits.reserveCapacity(20)
    // The value is 0.d1d2d3... * 10^point.
    var point = 0
    var exponent = 0
    var isBehindPoint = false
    var description = magnitude.description
    description.withUTF8 { source in
      for (i, byte) in source.enumerated() {
        switch byte {
        case UInt8(ascii: "."): isBehindPoint = true
        case UInt8(ascii: "e"):
          exponent = Int(String(decoding: source[(i + 1)...], as: UTF8.self)) ?? 0
          return
        default:
          if digits.isEmpty, byte == UInt8(ascii: "0") {
            if isBehindPoint { point -= 1 }
          } else {
            digits.append(byte)
            if !isBehindPoint { point += 1 }
          }
        }
      }
    }
    point += exponent
    while let last = digits.last, last == UInt8(ascii: "0") { digits.removeLast() }
    if point > 16 || point < -3 { return writeScientific(digits, point - 1) }
    if point <= 0 {
      write("0.")
      for _ in point..<0 { bytes.append(UInt8(ascii: "0")) }
      bytes.append(contentsOf: digits)
    } else {
      bytes.append(contentsOf: digits.prefix(point))
      for _ in 0..<max(0, point - digits.count) { bytes.append(UInt8(ascii: "0")) }
      bytes.append(UInt8(ascii: "."))
      if digits.count > point {
        bytes.append(contentsOf: digits[point...])
      } else {
        bytes.append(UInt8(ascii: "0"))
      }
    }
  }

  private mutating func writeScientific(_ digits: [UInt8], _ exponent: Int) {
    bytes.append(digits[0])
    if digits.count > 1 {
      bytes.append(UInt8(ascii: "."))
      bytes.append(contentsOf: digits[1...])
    }
    bytes.append(UInt8(ascii: "e"))
    writeInt(exponent)
  }
}

extension Value {
  /// The form that reads back as source where the type has a literal; what the prompt shows.
  public var displayString: String {
    var writer = ValueWriter()
    writer.write(self, isDisplay: true)
    return writer.string
  }

  public func written(isDisplay: Bool, watching context: Context? = nil) throws -> Text {
    if !isDisplay, case .string(let text) = self { return text }
    var writer = context.map { ValueWriter(watching: $0) } ?? ValueWriter()
    writer.write(self, isDisplay: isDisplay)
    return try writer.finish()
  }

  /// What `print` and `str` give.
  public var printString: String {
    if case .string(let text) = self { return text.string }
    var writer = ValueWriter()
    writer.write(self, isDisplay: false)
    return writer.string
  }
}
