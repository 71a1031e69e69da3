import Glibc

/// Turns the bytes that a terminal sends into keys.
///
/// Bytes are taken one at a time, so that what is typed ahead of the end of an entry stays in the
/// terminal for whoever reads next, such as a script's `input()`.
struct KeyReader {
  enum Key: Equatable {
    /// A character, a control character, or the code of a `SpecialKey`.
    case scalar(Unicode.Scalar)
    /// Text that the terminal marked as pasted, with newlines for its line ends.
    case paste(String)
    /// A signal or another thread asked for attention; there was no key.
    case wakeUp
    case end
  }

  let input: Int32
  /// A descriptor that becomes readable when the wait should end.
  let wakeUp: Int32
  /// Escape sequences, without Escape, that the user bound in `.editrc` and libedit shall see.
  var passedOn: Set<[UInt8]> = []

  /// Bytes read already.
  private var pending: [UInt8] = []
  /// Keys to give before any others, the last first.
  private var returned: [Key] = []

  init(input: Int32, wakeUp: Int32) {
    self.input = input
    self.wakeUp = wakeUp
  }

  /// How many bytes are still to come of those typed before the terminal gave single keys.
  private var typedAhead = 0

  /// Says that from now on the terminal gives single keys. What was typed before that was kept by
  /// lines, in which a Ctrl-D became the byte 0.
  mutating func beginSingleKeys() {
    var count: Int32 = 0
    typedAhead = ioctl(input, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
  }

  /// How long a sequence may pause after Escape before it counts as the key Escape.
  private static let pauseInMilliseconds: Int32 = 30

  /// Gives a key back, to be read next.
  mutating func unread(_ key: Key) { returned.append(key) }

  /// True if a key can be read without waiting.
  var isWaiting: Bool { !returned.isEmpty || !pending.isEmpty || isReadable(within: 0) }

  mutating func next() -> Key {
    if let key = returned.popLast() { return key }
    while true {
      if pending.isEmpty {
        var pollers = [
          pollfd(fd: input, events: Int16(POLLIN), revents: 0),
          pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
        ]
        if poll(&pollers, 2, -1) < 0 {
          if errno == EINTR { return .wakeUp }
          return .end
        }
        if pollers[1].revents != 0 {
          var drained = [UInt8](repeating: 0, count: 64)
          _ = read(wakeUp, &drained, drained.count)
          return .wakeUp
        }
      }
      guard let first = byte() else { return .end }
      if first == 0x1b {
        if let key = escapeSequence() { return key }
        continue
      }
      if first < 0x80 { return .scalar(Unicode.Scalar(first)) }
      return .scalar(character(startingWith: first))
    }
  }

  // MARK: Bytes

  private mutating func byte() -> UInt8? {
    if !pending.isEmpty { return pending.removeFirst() }
    guard let byte = Descriptor.read(input, upTo: 1)?.first else { return nil }
    guard typedAhead > 0 else { return byte }
    typedAhead -= 1
    return byte == 0 ? 0x04 : byte
  }

  private func isReadable(within milliseconds: Int32) -> Bool {
    var poller = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&poller, 1, milliseconds) > 0 && poller.revents & Int16(POLLIN) != 0
  }

  private mutating func byteSoon() -> UInt8? {
    if pending.isEmpty, !isReadable(within: KeyReader.pauseInMilliseconds) { return nil }
    return byte()
  }

  /// Reads the rest of a character; U+FFFD stands for bytes that are not UTF-8.
  private mutating func character(startingWith first: UInt8) -> Unicode.Scalar {
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
    var bytes = [first]
    while bytes.count < length {
      // The rest follows at once unless the first byte was a stray one.
      guard let next = byteSoon() else { break }
      guard next & 0xc0 == 0x80 else {
        pending.insert(next, at: 0)
        break
      }
      bytes.append(next)
    }
    let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    // The C1 range carries the special keys; nobody types it.
    return (0x80..<0xa0).contains(scalar.value) ? "\u{FFFD}" : scalar
  }

  // MARK: Sequences

  private mutating func escapeSequence() -> Key? {
    guard let second = byteSoon() else { return .scalar("\u{1b}") }
    var sequence = [second]
    switch second {
    case UInt8(ascii: "["):
      while sequence.count < 64, let next = byteSoon() {
        sequence.append(next)
        if (0x40...0x7e).contains(next), !(next == UInt8(ascii: "[") && sequence.count == 2) {
          break
        }
      }
      if sequence == Array("[200~".utf8) { return .paste(pastedText()) }
      if sequence.count == 1 { return passOn(sequence) }
    case UInt8(ascii: "O"):
      guard let last = byteSoon() else { return passOn(sequence) }
      sequence.append(last)
    case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
      break
    default:
      // Escape and a character: a chord with Alt, which libedit knows.
      return passOn(sequence)
    }
    if passedOn.contains(sequence) { return passOn(sequence) }
    let key = SpecialKey.named(sequence)
    return key == .ignored ? nil : .scalar(key.scalar)
  }

  private mutating func passOn(_ sequence: [UInt8]) -> Key {
    for byte in sequence.reversed() where byte < 0x80 {
      returned.append(.scalar(Unicode.Scalar(byte)))
    }
    if let byte = sequence.first, byte >= 0x80 { pending.insert(byte, at: 0) }
    return .scalar("\u{1b}")
  }

  private mutating func pastedText() -> String {
    let mark = Array("\u{1b}[201~".utf8)
    var text: [UInt8] = []
    while true {
      if pending.isEmpty {
        guard let more = Descriptor.read(input, upTo: 4096), !more.isEmpty else { break }
        pending = more
      }
      let searchFrom = max(0, text.count - mark.count + 1)
      text += pending
      pending = []
      if let end = KeyReader.find(mark, in: text, from: searchFrom) {
        pending = Array(text[(end + mark.count)...])
        text.removeSubrange(end...)
        break
      }
    }
    return KeyReader.cleaned(String(decoding: text, as: UTF8.self))
  }

  private static func find(_ mark: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    guard text.count - start >= mark.count else { return nil }
    return (start...(text.count - mark.count)).first { text[$0..<($0 + mark.count)].elementsEqual(mark) }
  }

  /// Returns pasted text with newlines for its line ends and without other control characters.
  private static func cleaned(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\r": result.append("\n")
      case "\n": if previous != "\r" { result.append("\n") }
      case "\t": result.append("\t")
      default: if scalar.properties.generalCategory != .control { result.append(scalar) }
      }
      previous = scalar
    }
    return String(result)
  }
}
