/// How a file separates its fields.
struct CSVDialect: Equatable, Sendable {
  var delimiter: UInt8 = 0x2C
  var newline: UInt8 = 0x0A
  let quote: UInt8 = 0x22

  static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
}
