extension ProgramGenerator {
  func int() -> String {
    let a = { self.expression(.int) }
    switch below(30) {
    case 0...11: return "(\(a()) \(oneOf("+", "+", "-", "-", "*", "*", "//", "%")) \(a()))"
    case 12: return "(\(a()) ** \(oneOf("2", "3", "0", leaf(.int))))"
    case 13: return "(-\(a()))"
    case 14: return "len(\(expression(oneOf(.list, .string, .record, .set, .range, .ints))))"
    case 15: return "int(\(expression(.float)))"
    case 16: return "\(oneOf("abs", "floor", "round", "ceil"))(\(expression(.number)))"
    case 17: return "\(oneOf("min", "max"))(\(a()), \(a()))"
    case 18: return "\(oneOf("sum", "min", "max", "count", "first", "last"))(\(expression(.ints)))"
    case 19, 20: return "\(expression(.ints))[\(smallIndex())]"
    case 21: return "\(expression(.record)).a"
    case 22: return "(\(expression(.ints)) | reduce((x, y) => \(reducing()), \(leaf(.int))))"
    case 23: return "bits.\(oneOf("and", "or", "xor"))(\(a()), \(a()))"
    case 24: return "\(expression(.string)).len()"
    case 25: return "int(\(expression(oneOf(.string, .bool))))"
    case 26: return "\(expression(.date)).\(oneOf("year", "month", "day"))()"
    case 27: return "(\(expression(.range)) | sum)"
    case 28: return "\(expression(.ints)).index_of(\(leaf(.int)))"
    default: return "\(expression(.cell)).value"
    }
  }

  private func reducing() -> String {
    oneOf("x + y", "x * y", "max(x, y)", "x - y", "y", "x // y", "x + y * 0.5")
  }

  func float() -> String {
    let a = { self.expression(.float) }
    switch below(20) {
    case 0...6: return "(\(a()) \(oneOf("+", "-", "*", "/", "//", "%", "**")) \(a()))"
    case 7, 8: return "(\(expression(.int)) \(oneOf("+", "-", "*", "/", "//", "%")) \(a()))"
    case 9, 10: return "(\(a()) \(oneOf("+", "-", "*", "/", "**")) \(expression(.int)))"
    case 11: return "(\(expression(.int)) / \(expression(.int)))"
    case 12: return "(-\(a()))"
    case 13: return "\(oneOf("sqrt", "math.sin", "math.cos", "math.exp", "math.log"))(\(expression(.number)))"
    case 14: return "float(\(expression(oneOf(.int, .float, .string))))"
    case 15: return "abs(\(a()))"
    case 16: return "\(oneOf("mean", "sum", "max", "median", "std"))(\(expression(oneOf(.floats, .ints))))"
    case 17: return "\(expression(.floats))[\(smallIndex())]"
    case 18: return "round(\(a()), \(below(4)))"
    default: return "(\(expression(.duration)) / \(expression(.duration)))"
    }
  }

  func bool() -> String {
    let comparison = oneOf("<", "<=", ">", ">=", "==", "!=")
    switch below(26) {
    case 0...4: return "(\(expression(.int)) \(comparison) \(expression(.int)))"
    case 5, 6: return "(\(expression(.float)) \(comparison) \(expression(.float)))"
    case 7: return "(\(expression(.float)) \(comparison) \(expression(.int)))"
    case 8: return "(\(expression(.int)) \(comparison) \(expression(.float)))"
    case 9: return "(\(expression(.string)) \(comparison) \(expression(.string)))"
    case 10: return "(\(expression(.any)) \(oneOf("==", "!=")) \(expression(.any)))"
    case 11: return "(\(expression(.bool)) \(oneOf("==", "!=")) \(expression(.bool)))"
    case 12: return "(not \(expression(.bool)))"
    case 13...15: return "(\(expression(.bool)) \(oneOf("and", "or")) \(expression(.bool)))"
    case 16: return "(\(expression(.int)) \(oneOf("in", "not in")) \(expression(oneOf(.ints, .range, .set))))"
    case 17: return "(\(expression(.string)) in \(expression(oneOf(.strings, .string, .record))))"
    case 18: return "(\(expression(.list)) == \(expression(.list)))"
    case 19: return "\(expression(.record)).has(\(expression(.string)))"
    case 20: return "(\(expression(.ints)) | \(oneOf("any", "all")) \(inItem(.int) { predicate() }))"
    case 21: return "(\(expression(.date)) \(comparison) \(expression(.date)))"
    case 22: return "(\(expression(.null)) == \(expression(.any)))"
    case 23: return "(\(expression(.duration)) \(comparison) \(expression(.duration)))"
    case 24: return "\(expression(.string)).contains(\(leaf(.string)))"
    default: return "(\(expression(.list)) \(comparison) \(expression(.list)))"
    }
  }
}
