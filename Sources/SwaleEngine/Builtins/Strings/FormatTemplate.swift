import SwaleSyntax

/// A text with placeholders in braces, for `format`.
struct FormatTemplate {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let positional: ListStorage
  private let named: RecordStorage
  private let context: Context
  private var offset = 0
  /// The position that the next `{}` takes.
  private var next = 0
  private var result: ValueWriter

  /// Returns the template with its placeholders replaced.
  static func render(
    _ template: Text, _ positional: ListStorage, _ named: RecordStorage, _ context: Context
  ) throws -> Text {
    var state = FormatTemplate(
      bytes: template.bytes, positional: positional, named: named, context: context)
    try withExtendedLifetime(template) { try state.run() }
    return try state.result.finish()
  }

  private init(
    bytes: UnsafeBufferPointer<UInt8>, positional: ListStorage, named: RecordStorage, context: Context
  ) {
    self.bytes = bytes
    self.positional = positional
    self.named = named
    self.context = context
    result = ValueWriter(watching: context)
  }

  private mutating func run() throws {
    while offset < bytes.count {
      let byte = bytes[offset]
      let isDoubled = offset + 1 < bytes.count && bytes[offset + 1] == byte
      if byte == UInt8(ascii: "{"), !isDoubled {
        try placeholder()
      } else {
        if (byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")) && isDoubled { offset += 1 }
        result.bytes.append(byte)
        offset += 1
      }
    }
  }

  private mutating func placeholder() throws {
    let start = offset
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "}")) else {
      throw SwaleError(
        .value, "the { at byte \(start) of the template is not closed", hint: "{{ stands for a brace")
    }
    try context.tick()
    let inside = bytes[(start + 1)..<end]
    let colon = inside.firstIndex(of: UInt8(ascii: ":"))
    let name = String(decoding: inside[..<(colon ?? end)], as: UTF8.self)
    let value = try value(of: name)
    offset = end + 1
    guard let colon else { return result.write(value, isDisplay: false) }
    let text = String(decoding: inside[(colon + 1)...], as: UTF8.self)
    guard let specification = FormatSpecification(parsing: text) else {
      throw SwaleError(
        .value, "`\(text)` is no format",
        hint: "a format is [[fill]<^>][+][0][width][,][.digits][f e g % d x b s], such as >8 or .2f")
    }
    result.write(try Operations.format(value, specification, context))
  }

  private mutating func value(of name: String) throws -> Value {
    var position: Int?
    if name.isEmpty {
      position = next
      next += 1
    } else if name.utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
      position = Int(name) ?? .max
    }
    if let position {
      if position < positional.count { return positional[position] }
      let given = positional.count == 1 ? "1 is given" : "\(positional.count) are given"
      let wanted = position == .max ? name : String(position)
      throw SwaleError(
        .index,
        "the template asks for value \(wanted), and \(given)",
        hint: "values count from 0")
    }
    if let value = named[name] { return value }
    if positional.count > 0, case .record(let record) = positional[0] {
      return try Operations.member(.record(record), Text.of(name), context)
    }
    let names = named.keys.map(\.printString)
    throw SwaleError(
      .key, "the template asks for {\(name)}, which is not given",
      hint: Operations.suggestion(for: name, among: names)
        ?? "pass it by name: format(template, \(name): value)")
  }
}
