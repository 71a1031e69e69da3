extension ProgramGenerator {
  func literal(_ kind: Kind) -> String {
    switch kind {
    case .int: intLiteral()
    case .float: floatLiteral()
    case .number: chance(1, 2) ? intLiteral() : floatLiteral()
    case .bool: oneOf("true", "false")
    case .string: stringLiteral()
    case .null: "null"
    case .any: literal(oneOf(Kind.common.filter { $0 != .any }))
    case .ints, .floats, .strings, .bools:
      "[" + list(chance(1, 6) ? 0...0 : 1...4) { literal(kind.item) } + "]"
    case .list:
      "[" + list(chance(1, 6) ? 0...0 : 1...4) { literal(oneOf(.int, .float, .string, .null, .bool, .ints)) }
        + "]"
    case .rows: "[" + list(1...4) { literal(.row) } + "]"
    case .row:
      "{a: \(intLiteral()), b: \(stringLiteral()), c: \(floatLiteral()), d: \(oneOf("null", "1", "2"))}"
    case .record: "{a: \(intLiteral()), b: \(stringLiteral()), c: \(literal(.ints))}"
    case .set: "set(\(literal(.ints)))"
    case .range: "(\(below(4) - 1)\(oneOf("...", "..<"))\(below(8)))"
    case .date: oneOf("@2026-05-01", "@2024-02-29", "@1999-12-31", "@1970-01-01")
    case .dateTime: oneOf("@2026-05-01T12:30:00Z", "@1969-12-31T23:59:59.5Z", "@2024-02-29T00:00")
    case .duration: oneOf("1h", "1d", "250ms", "1h30m", "(-2d)", "0s", "3ns")
    case .table: "table(\(literal(.rows)))"
    case .column: "column([\(list(1...4) { chance(1, 5) ? "null" : floatLiteral() })])"
    case .function:
      oneOf("(x => x + 1)", "(x => x * 0.5)", "abs", "(x => [x])", "sqrt", "len", "str")
    case .methods: "{f: \(literal(.function)), push: x => [x], n: \(intLiteral())}"
    case .cell: "cell(\(intLiteral()))"
    }
  }

  func intLiteral() -> String {
    switch below(20) {
    case 0: "9223372036854775807"
    case 1: "(-9223372036854775808)"
    case 2: "4611686018427387904"
    case 3: "(-\(below(10)))"
    case 4: "1_000"
    case 5: "0xff"
    case 6: "\(below(100_000))"
    case 7: "9007199254740993"
    default: "\(below(10))"
    }
  }

  func floatLiteral() -> String {
    switch below(16) {
    case 0: "1e308"
    case 1: "(0.0 / 0)"
    case 2: "(1.0 / 0)"
    case 3: "(-0.0)"
    case 4: "(-\(below(9)).25)"
    case 5: "2.5E-3"
    case 6: "9007199254740992.0"
    case 7: "9223372036854775808.0"
    default: "\(below(10)).\(oneOf("0", "5", "25", "1"))"
    }
  }

  func stringLiteral() -> String {
    oneOf(
      "\"\"", "\"a\"", "\"b\"", "\"abc\"", "\"Z\"", "\"12\"", "\"1.5\"", "\"n\u{E9}\"", "\"x y\"", "\"\\n\"",
      "\"\u{1F600}\"", "'raw'", "\"a,b\"", "\"e\\u{301}\"", "\"key\"")
  }
}
