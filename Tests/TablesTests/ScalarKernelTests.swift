import SwaleEngine
import SwaleSyntax
import Testing

@testable import SwaleTables

/// Functions of single values on columns: what calls with each item give.
@Suite struct ScalarKernelTests {
  private static let strings = [
    "", "a", "ABC", "aBc def", "ä", "Straße", "日本", "a\r\nb", "\r", "\u{1F600}x", "e\u{301}", "xABCx", " a ",
    "12",
  ]

  /// Columns of dates, datetimes and strings with nulls; the strings of one are all ASCII.
  private func columns(_ random: inout some RandomNumberGenerator, _ count: Int) -> [[Value]] {
    func maybe(_ value: Value) -> Value { Int.random(in: 0..<6, using: &random) == 0 ? .null : value }
    let ascii = ScalarKernelTests.strings.filter { $0.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0D } }
    let day = 24 * 3_600_000_000_000
    return [
      (0..<count).map { _ in maybe(.date(Int.random(in: -100_000...100_000, using: &random))) },
      (0..<count).map { _ in maybe(.date(Int.random(in: 0...20, using: &random))) },
      (0..<count).map { _ in maybe(.dateTime(Int.random(in: -100_000 * day...100_000 * day, using: &random)))
      },
      (0..<count).map { _ in .text(ascii.randomElement(using: &random)!) },
      (0..<count).map { _ in maybe(.text(ascii.randomElement(using: &random)!)) },
      (0..<count).map { _ in maybe(.text(ScalarKernelTests.strings.randomElement(using: &random)!)) },
      (0..<count).map { _ in .text(ScalarKernelTests.strings.randomElement(using: &random)!) },
      Array(repeating: .null, count: count),
      (0..<count).map { _ in maybe(.int(Int.random(in: -9...9, using: &random))) },
      (0..<count).map { _ in
        maybe(
          .float([0, -0.0, 1.5, -1.5, 2.5, .nan, .infinity, 1e300, 7, 0.1].randomElement(using: &random)!))
      },
      (0..<count).map { _ in maybe(.float(Double.random(in: -4...4, using: &random))) },
      (0..<count).map { _ in maybe(.int([Int.min, 1, -1].randomElement(using: &random)!)) },
      (0..<count).map { _ in maybe(.duration(Int.random(in: -9...9, using: &random))) },
    ]
  }

  private let ofDates: [(String, [Value])] =
    [
      "year", "quarter", "month", "week", "day", "day_of_year", "weekday", "hour", "minute", "second",
      "nanosecond", "date", "datetime", "timestamp",
    ].map { ($0, []) }
    + ["year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond", "century"].map {
      ("truncate", [.text($0)])
    }
    + [
      ("format_date", [.text("%Y-%m")]), ("format_date", [.text("%d.%m.%y %H:%M:%S.%f %p %I")]),
      ("format_date", [.text("%A %a %B %b %e %j %u %V %G %q %F %T %s %% %z %Z")]),
      ("add_months", [.int(1)]), ("add_months", [.int(-13)]),
    ]
  private let ofStrings: [(String, [Value])] = [
    ("upper", []), ("lower", []), ("trim", []), ("contains", [.text("BC")]), ("contains", [.text("")]),
    ("starts_with", [.text("a")]), ("ends_with", [.text("c")]), ("ends_with", [.text("")]),
    ("starts_with", [.text("longer than all of them")]), ("replace", [.text("a"), .text("xx")]),
    ("pad_left", [.int(4)]), ("str", []), ("contains", [.int(1)]), ("len", []), ("find", [.text("B")]),
    ("reverse", []), ("split", [.text(" ")]), ("date", []), ("int", []), ("float", []),
  ]

  private let ofNumbers: [(String, [Value])] =
    [
      "abs", "sqrt", "floor", "ceil", "round", "math.exp", "math.log", "math.log10", "math.log2",
      "math.log1p",
      "math.expm1", "math.sin", "math.cos", "math.tan", "math.asin", "math.acos", "math.atan", "math.sqrt",
      "str",
    ].map { ($0, []) } + [("round", [.int(1)]), ("math.log", [.int(3)]), ("int", []), ("float", [])]

  private func function(_ name: String) -> BuiltinFunction {
    let parts = name.split(separator: ".").map(String.init)
    return parts.count == 1 ? Builtins.prelude[name]! : Builtins.modules[parts[0]]![parts[1]]!
  }

  private func outcome(_ body: () throws -> Value) -> (values: [Value]?, error: ErrorKind?) {
    do {
      guard let column = try body().column else { fatalError("no column") }
      return ((0..<column.count).map(column.value), nil)
    } catch { return (nil, (error as? SwaleError)?.kind) }
  }

  private func same(_ a: (values: [Value]?, error: ErrorKind?), _ b: (values: [Value]?, error: ErrorKind?))
    -> Bool
  {
    guard let x = a.values, let y = b.values else { return a.error == b.error }
    return x.count == y.count && zip(x, y).allSatisfy(areSame)
  }

  /// What a call for each item gives, missing items staying missing where `skipsNulls`.
  private func slow(
    _ name: String, _ items: [Value], _ more: [Value], skipsNulls: Bool, _ c: Context
  ) -> (values: [Value]?, error: ErrorKind?) {
    do {
      return (
        try items.map { item in
          skipsNulls && item.isNull ? .null : try function(name)([item] + more, c)
        }, nil
      )
    } catch { return (nil, (error as? SwaleError)?.kind) }
  }

  @Test func columnsAgreeWithItems() throws {
    try withContext { c in
      var random = SeededGenerator(12)
      for count in [0, 1, 5, 300, 2000] {
        for (i, items) in columns(&random, count).enumerated() {
          let typed = Column(items)
          let variants = typed.type == .string ? [typed, typed.encoded()] : [typed]
          for (name, more) in i < 3 ? ofDates : i < 8 ? ofStrings : ofNumbers {
            let function = function(name)
            for column in variants {
              // As a part of a longer column too.
              for column in count > 3 ? [column, column.slice(1, count - 1)] : [column] {
                let items = (0..<column.count).map(column.value)
                // As a row expression.
                let found = outcome {
                  let call = ItemCall(function, labels: [nil] + more.map { _ in nil })
                  return try call.value([.object(ColumnValue(column))] + more, column.count, c)
                }
                let expected = slow(name, items, more, skipsNulls: false, c)
                #expect(same(found, expected), "\(name) \(more.map(\.displayString)) of items \(i), \(count)")
                // As a function of the column, where it is one of each item.
                guard function.overloads.allSatisfy(\.isElementwise) else { continue }
                let ofColumn = outcome { try function([.object(ColumnValue(column))] + more, c) }
                let skipping = slow(name, items, more, skipsNulls: true, c)
                #expect(
                  same(ofColumn, skipping) || items.allSatisfy(\.isNull),
                  "\(name) \(more.map(\.displayString)) of column \(i), \(count)")
              }
            }
          }
        }
      }
    }
  }
}
