extension ValueWriter {
  /// Writes a value: in display form, or as `print` does it; items are always in display form.
  public mutating func write(_ value: Value, isDisplay: Bool) {
    guard goesOn() else { return }
    switch value {
    case .null: write("null")
    case .bool(let bool): write(bool ? "true" : "false")
    case .int(let number): writeInt(number)
    case .float(let number):
      if isDisplay, !number.isFinite {
        // The names stand for no numbers on their own: they are constants of a module.
        write(number.isNaN ? "math.nan" : number < 0 ? "-math.inf" : "math.inf")
      } else {
        writeDouble(number)
      }
    case .string(let text): if isDisplay { writeQuoted(text) } else { write(text) }
    case .duration(let duration): writeDuration(duration)
    case .date(let days):
      if isDisplay { bytes.append(UInt8(ascii: "@")) }
      writeDate(days)
    case .dateTime(let time):
      if isDisplay { bytes.append(UInt8(ascii: "@")) }
      writeDateTime(time)
    case .function(let function): write(function.name.isEmpty ? "<function>" : "<function \(function.name)>")
    case .object(let object): object.write(to: &self, isDisplay: isDisplay)
    case .list, .record: writeContainer(value)
    }
  }

  /// A list or record of which the items before a position have been written.
  private enum Open {
    case list(ListStorage, next: Int)
    case record(RecordStorage, next: Int)

    init?(_ value: Value) {
      switch value {
      case .list(let list): self = .list(list, next: 0)
      case .record(let record): self = .record(record, next: 0)
      default: return nil
      }
    }
  }

  /// Nested lists and records are kept on a stack of their own, so that no depth is too deep.
  private mutating func writeContainer(_ value: Value) {
    guard var open = Open(value) else { return }
    var outer: [Open] = []
    while goesOn() {
      if let inner = writeItems(&open) {
        outer.append(open)
        open = inner
      } else if let enclosing = outer.popLast() {
        open = enclosing
      } else {
        return
      }
    }
  }

  /// Writes items up to the end and the closing bracket, or up to an item that is a container
  /// itself, which it returns.
  private mutating func writeItems(_ open: inout Open) -> Open? {
    switch open {
    case .list(let list, var i):
      if i == 0 { bytes.append(UInt8(ascii: "[")) }
      while i < list.count, !isStopped {
        if i > 0 { write(", ") }
        let item = list[i]
        i += 1
        if givesUp(at: i) { return nil }
        if let inner = Open(item) {
          open = .list(list, next: i)
          return inner
        }
        write(item, isDisplay: true)
      }
      bytes.append(UInt8(ascii: "]"))
    case .record(let record, var i):
      if i == 0 { bytes.append(UInt8(ascii: "{")) }
      while i < record.table.used, !isStopped {
        if !record.table.isLive(i) {
          // The first key may be a hole; what follows must not get a comma for it.
          i += 1
          continue
        }
        if !endsWithOpeningBrace(record, i) { write(", ") }
        writeKey(record.table.keys[i])
        write(": ")
        let item = record.values[i]
        i += 1
        if givesUp(at: i) { return nil }
        if let inner = Open(item) {
          open = .record(record, next: i)
          return inner
        }
        write(item, isDisplay: true)
      }
      bytes.append(UInt8(ascii: "}"))
    }
    return nil
  }

  /// True now and then where the program shall end: nobody will see the text.
  private func givesUp(at position: Int) -> Bool { position & 0x3ff == 0 && Interrupt.isRequested }

  /// True if no key stands before a position.
  private func endsWithOpeningBrace(_ record: RecordStorage, _ position: Int) -> Bool {
    var i = position
    while i > 0 {
      i -= 1
      if record.table.isLive(i) { return false }
    }
    return true
  }

  /// Writes a key as a record literal has it: a name, a string, or an expression in brackets.
  public mutating func writeKey(_ key: Value) {
    guard case .string(let text) = key else {
      bytes.append(UInt8(ascii: "["))
      write(key, isDisplay: true)
      bytes.append(UInt8(ascii: "]"))
      return
    }
    if text.isName { write(text) } else { writeQuoted(text) }
  }

  /// Writes a string literal.
  public mutating func writeQuoted(_ text: Text) {
    bytes.append(UInt8(ascii: "\""))
    if text.isASCII {
      for byte in text.bytes { writeEscaped(byte) }
    } else {
      for scalar in text.string.unicodeScalars {
        if scalar.value < 0x80 {
          writeEscaped(UInt8(scalar.value))
        } else if ValueWriter.isInvisible(scalar) {
          writeCodePoint(scalar.value)
        } else {
          write(scalar)
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "{"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0x0A: write("\\n")
    case 0x09: write("\\t")
    case 0x0D: write("\\r")
    case 0x08: write("\\b")
    case 0x0C: write("\\f")
    case 0x1B: write("\\e")
    case 0..<0x20, 0x7F: writeCodePoint(UInt32(byte))
    default: bytes.append(byte)
    }
  }

  private mutating func writeCodePoint(_ value: UInt32) {
    write("\\u{")
    write(String(value, radix: 16))
    bytes.append(UInt8(ascii: "}"))
  }

  /// True for what would change the terminal or the order of the text around it.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}

extension Text {
  /// True if the text may stand before `:` in a record without quotes.
  var isName: Bool {
    guard let first = bytes.first else { return false }
    if isASCII {
      func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
      return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) && bytes.allSatisfy(isPart)
    }
    let scalars = string.unicodeScalars
    guard let start = scalars.first, start == "_" || start.properties.isXIDStart else { return false }
    return scalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
  }
}
