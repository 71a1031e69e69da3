extension ProgramGenerator {
  func list(_ kind: Kind) -> String {
    let item = { self.expression(kind.item) }
    let whole = { self.expression(kind) }
    switch below(24) {
    case 0...3: return "[\(list(0...4, item))]"
    case 4: return "[...\(whole()), \(item())]"
    case 5: return "[\(item()), ...\(whole())]"
    case 6, 7: return "(\(whole()) + \(whole()))"
    case 8: return "(\(whole()) * \(oneOf("0", "1", "2", "-1")))"
    case 9: return "\(whole())[\(slice())]"
    case 10: return "\(oneOf("reverse", "sort", "distinct"))(\(whole()))"
    case 11: return "(\(whole()) | \(oneOf("take", "skip")) \(below(4)))"
    case 12, 13: return "(\(whole()) | where \(inItem(kind.item) { predicate() }))"
    case 14, 15: return mapped(to: kind)
    case 16 where kind == .list:
      return "\(oneOf("enumerate", "reverse", "list"))(\(expression(oneOf(.ints, .strings))))"
    case 16 where kind == .ints: return "list(\(expression(oneOf(.range, .set))))"
    case 16 where kind == .strings: return "\(expression(.string)).\(oneOf("chars", "words", "lines"))()"
    case 17 where kind == .list: return "zip(\(expression(.ints)), \(expression(.strings)))"
    case 17 where kind == .strings: return "keys(\(expression(.record)))"
    case 17 where kind == .ints: return "\(expression(.record)).c"
    case 18 where kind == .list: return "\(oneOf("values", "items"))(\(expression(.record)))"
    case 19 where kind == .list:
      return "(\(expression(.ints)) | \(oneOf("chunks", "windows")) \(1 + below(3)))"
    case 20:
      return "(\(whole()) | flat_map \(inItem(kind.item) { "[., \(leaf(kind.item))]" }))"
    case 21: return "(\(whole()) | sort(\(inItem(kind.item) { oneOf(".", "desc(.)", "-.") })))"
    case 22: return "concat(\(whole()), \(whole()))"
    default: return leaf(kind)
    }
  }

  private func mapped(to kind: Kind) -> String {
    let source = oneOf(.ints, .floats, .strings, .range, .rows, .list, .set, .bools) as Kind
    let from = expression(source)
    switch below(4) {
    case 0: return "(\(from) | map(\(oneOf("x", "_")) => \(expression(kind.item))))"
    case 1:
      return scoped {
        declare("x", source.item)
        return "\(from).map(x => \(expression(kind.item)))"
      }
    case 2: return "(\(from) | map \(expression(.function)))"
    default: return "(\(from) | map \(inItem(source.item) { itemExpression(kind.item) }))"
    }
  }

  func record(_ kind: Kind) -> String {
    if kind == .row, chance(1, 2) {
      return chance(1, 2)
        ? "\(expression(.rows))[\(smallIndex())]"
        : "{a: \(expression(.int)), b: \(expression(.string)), c: \(expression(.float)), d: \(leaf(.number))}"
    }
    switch below(12) {
    case 0...3: return "{a: \(expression(.int)), b: \(expression(.string)), c: \(expression(.ints))}"
    case 4: return "{...\(expression(.record)), a: \(expression(.int))}"
    case 5: return "{...\(expression(.record)), [\(expression(oneOf(.string, .int)))]: \(expression(.any))}"
    case 6: return "merge(\(expression(.record)), \(expression(.record)))"
    case 7: return "without(\(expression(.record)), \(oneOf("\"z\"", "\"d\"", leaf(.string))))"
    case 8: return "map_values(\(expression(.record)), x => \(oneOf("x", "x * 1", "[x]")))"
    case 9:
      let names = visible { _ in true }.map(\.name)
      return names.isEmpty ? leaf(kind) : "{a: 1, \(oneOf(names)), b: \"s\", c: []}"
    case 10: return "{a: \(leaf(.int)), \"two words\": \(leaf(.any)), b: \(leaf(.string)), c: \(leaf(.ints))}"
    default: return leaf(kind)
    }
  }

  func rows() -> String {
    let whole = { self.expression(.rows) }
    switch below(10) {
    case 0...2: return "[\(list(1...3) { expression(.row) })]"
    case 3: return "(\(whole()) | where \(inItem(.row) { predicate() }))"
    case 4: return "(\(whole()) | sort(\(list(1...2) { oneOf(".a", ".b", "desc(.c)", "desc(.a)", ".d") })))"
    case 5: return "(\(whole()) | derive(\(oneOf("a", "z", "d")): \(inItem(.row) { itemExpression(.int) })))"
    case 6: return "(\(whole()) | \(oneOf("take", "skip")) \(below(3)))"
    case 7: return "(\(whole()) | select(.a, .b, c: \(inItem(.row) { itemExpression(.float) }), d: .d))"
    case 8: return "(\(whole()) + \(whole()))"
    default: return leaf(.rows)
    }
  }

  func collection(_ kind: Kind) -> String {
    switch (kind, below(6)) {
    case (.set, 0...2): "set(\(expression(.ints)))"
    case (.set, 3): "\(oneOf("union", "intersect", "minus"))(\(expression(.set)), \(expression(.set)))"
    case (.range, 0...2): "(\(bound())\(oneOf("...", "..<"))\(bound()))"
    case (.column, 0), (.column, 1): "column(\(expression(.floats)))"
    case (.column, 2):
      "(\(expression(.column)) \(oneOf("+", "*", "-", "/")) \(expression(oneOf(.column, .number))))"
    case (.column, 3): "\(expression(.table)).\(oneOf("a", "c"))"
    case (.table, 0), (.table, 1): "table(\(expression(.rows)))"
    case (.table, 2): "(\(expression(.table)) | where \(inItem(.row) { predicate() }))"
    case (.table, 3): "(\(expression(.table)) | derive(z: \(inItem(.row) { itemExpression(.number) })))"
    case (.table, 4):
      "(\(expression(.table)) | summarize(a: \(oneOf("sum(.a)", "count()", "max(.a)")), c: mean(.c), by: .b))"
    case (.table, 5):
      "(\(expression(.table)) | \(oneOf("sort(desc(.a), .c)", "take 2", "skip 1", "distinct", "tally .b")))"
    case (.methods, 0...2): "{f: \(function()), push: \(function()), n: \(expression(.int))}"
    case (.cell, 0...2): "cell(\(expression(.int)))"
    default: leaf(kind)
    }
  }

  /// Returns a bound of a range, mostly a small one.
  func bound() -> String {
    switch below(6) {
    case 0...2: return "\(below(7) - 1)"
    case 3, 4: return "min(\(leaf(.int)), 5)"
    default: return variable(.int) ?? "3"
    }
  }

  // MARK: Items of stages

  /// Makes a stage's argument, in which `.` is an item of a kind.
  func inItem(_ kind: Kind, _ make: () -> String) -> String {
    items.append(kind)
    defer { items.removeLast() }
    return chance(1, 2) ? make() : make().parenthesized
  }

  /// Returns a condition that speaks of the current item.
  func predicate() -> String {
    let item = items[items.count - 1]
    let comparison = oneOf("<", "<=", ">", ">=", "==", "!=")
    switch (item, below(4)) {
    case (.row, 0): return ".a \(comparison) \(leaf(.int))"
    case (.row, 1): return ".c \(comparison) \(leaf(.number))"
    case (.row, 2): return "(.b \(comparison) \(leaf(.string))) and (.d \(comparison) 1)"
    case (.row, 3): return "(.a != 1) and \(expression(.bool))"
    case (_, 3): return "(. == \(leaf(item))) or \(expression(.bool))"
    case (.any, _): return ". \(oneOf("==", "!=")) \(leaf(.any))"
    case (.bool, _): return "."
    default: return ". \(comparison) \(leaf(item))"
    }
  }

  /// Returns an expression that speaks of the current item.
  func itemExpression(_ kind: Kind) -> String {
    let item = items[items.count - 1]
    switch (item, kind) {
    case (.row, .int): return ".a \(oneOf("+", "*", "-", "//")) \(expression(.int))"
    case (.row, .float): return ".c \(oneOf("+", "*", "/")) \(expression(.number))"
    case (.row, .string): return "\"{.b}\(oneOf("", "-{.a:03}", "{.c:.1f}"))\""
    case (.int, .int), (.float, .float): return ". \(oneOf("+", "*", "-", "%")) \(expression(kind))"
    case (.int, .float): return ". \(oneOf("*", "/", "+")) \(expression(.float))"
    default: return chance(1, 2) ? "[., \(expression(kind))][1]" : expression(kind)
    }
  }
}
