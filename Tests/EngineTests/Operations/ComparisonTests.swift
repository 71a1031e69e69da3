import Testing

@testable import SwaleEngine

/// `== != < <= > >=`, `in`, `not`, and the order of sorting.
@Suite struct ComparisonTests {
  @Test(arguments: [
    ("1 == 1.0", "true"), ("null == null", "true"), ("null == 0", "false"), ("null != 1", "true"),
    ("true == 1", "false"), ("\"a\" == \"a\"", "true"), ("1 == \"1\"", "false"),
    ("math.nan == math.nan", "false"),
    ("[math.nan] == [math.nan]", "false"), ("0.0 == -0.0", "true"), ("[1, 2] == [1.0, 2.0]", "true"),
    ("[1] == [1, 2]", "false"), ("[] == [null]", "false"), ("[true] == [1]", "false"),
    ("{a: 1, b: 2} == {b: 2.0, a: 1}", "true"), ("{a: 1} == {a: 2}", "false"), ("{a: 1} == {b: 1}", "false"),
    ("({}) == {a: 1}", "false"), ("{[1]: 2} == {[1.0]: 2}", "true"),
    ("{a: [1, {b: 2}]} == {a: [1, {b: 2}]}", "true"),
    ("set([1, 2]) == set([2.0, 1])", "true"), ("set([1]) == set([2])", "false"), ("1...3 == 1..<4", "true"),
    ("2...1 == 5..<5", "true"), ("1...3 == [1, 2, 3]", "false"), ("@2026-05-01 == @2026-05-01", "true"),
    ("@2026-05-01 == @2026-05-01T00:00:00Z", "false"), ("60s == 1m", "true"), ("1s == 1", "false"),
    ("bytes(\"a\") == bytes(\"a\")", "true"), ("print == print", "true"), ("cell(1) == cell(1)", "false"),
    // Exact, though not all large ints are floats
    ("9007199254740993 == 9007199254740992.0", "false"), ("9007199254740993 > 9007199254740992.0", "true"),
    ("9223372036854775807 == 9223372036854775808.0", "false"),
    ("9223372036854775807 < 9223372036854775808.0", "true"),
    ("-9223372036854775808 == -9223372036854775808.0", "true"), ("-9223372036854775808 > -1e300", "true"),
    ("1 < 1.5", "true"), ("-1 > -1.5", "true"), ("2 > math.inf", "false"), ("2 > -math.inf", "true"),
    ("1 < math.nan", "false"), ("1 >= math.nan", "false"), ("math.nan <= math.nan", "false"),
    // Missing values
    ("null < 1", "null"), ("1 >= null", "null"), ("null < null", "null"), ("\"a\" > null", "null"),
    ("not null", "true"), ("not false", "true"),
    // Order
    ("\"a\" < \"b\"", "true"), ("\"a\" < \"aa\"", "true"), ("\"Z\" < \"a\"", "true"),
    ("\"é\" > \"z\"", "true"),
    ("false < true", "true"), ("[1, 2] < [1, 3]", "true"), ("[1] < [1, 0]", "true"), ("[2] > [1, 9]", "true"),
    ("[[1], 2] < [[1, 0]]", "true"), ("1s < 1m", "true"), ("@2026-05-01 < @2026-05-02", "true"),
    ("@2026-05-01T00:00:00Z < @2026-05-01T00:00:01Z", "true"), ("bytes(\"a\") < bytes(\"b\")", "true"),
    // Containers
    ("2 in [1, 2]", "true"), ("2.0 in [1, 2]", "true"), ("null in [null]", "true"), ("\"x\" in [1]", "false"),
    ("[1] in [[1]]", "true"), ("1 not in [2]", "true"), ("\"b\" in \"abc\"", "true"),
    ("\"\" in \"\"", "true"),
    ("\"bd\" in \"abc\"", "false"), ("null in \"abc\"", "false"), ("\"a\" in {a: 1}", "true"),
    ("1.0 in {[1]: 2}", "true"),
    ("1 in set([1.0])", "true"), ("math.nan in set([math.nan])", "true"), ("2 in 1...3", "true"),
    ("3 in 1..<3", "false"),
    ("2.5 in 1...3", "true"), ("math.nan in 1...3", "false"), ("0.5 in 0.0..<1.0", "true"),
    ("null in 1...3", "false"),
    ("9223372036854775807 in -5...5", "false"),
    ("-9223372036854775808 in 9223372036854775800...9223372036854775807", "false"),
    ("@2026-05-03 in @2026-05-01...@2026-05-04", "true"), ("\"m\" in \"a\"...\"z\"", "true"),
    ("97 in bytes(\"a\")", "true"),
    ("bytes(\"bc\") in bytes(\"abcd\")", "true"), ("300 in bytes(\"a\")", "false"),
  ])
  func results(code: String, expected: String) {
    for engine in EngineKind.allCases {
      let result = Evaluation(code, engine: engine)
      #expect(result.value == expected, "\(code): \(result.message ?? "")")
    }
  }

  @Test(arguments: [
    ("1 < \"a\"", "an int and a string cannot be compared by order"),
    ("{a: 1} < {a: 2}", "records have no order"), ("set([1]) < set([2])", "sets have no order"),
    ("print < print", "functions have no order"),
    ("true < 1", "a bool and an int cannot be compared by order"),
    ("@2026-05-01 < @2026-05-01T00:00:00Z", "a date and a datetime cannot be compared by order"),
    ("[1] < [\"a\"]", "an int and a string cannot be compared by order"),
    ("not 1", "`not` takes a bool, not an int"), ("1 in 5", "`in` looks into a container, not into an int"),
    ("1 in \"a\"", "a string contains strings, not an int"),
    ("1 in null", "`in` looks into a container, not into null"),
    ("print in {a: 1}", "a function cannot be a key"), ("[print] in set([1])", "a function cannot be a key"),
    ("\"a\" in 1...3", "a string and an int cannot be compared by order"),
    ("if 1 {}", "a condition must be a bool, not an int"),
    ("while \"a\" {}", "a condition must be a bool, not a string"),
  ])
  func typeErrors(code: String, message: String) {
    for engine in EngineKind.allCases {
      let result = Evaluation(code, engine: engine)
      #expect(result.kind == "type", "\(code)")
      #expect(result.message == message)
    }
  }

  @Test func mixedNumbersAreOrderedExactly() throws {
    let numbers: [Value] = [
      .float(-.infinity), .float(-1e300), .float(-0x1p63), .int(Int.min + 1), .int(-(1 << 53) - 1),
      .float(-0x1p53),
      .float(-1.5), .int(-1), .float(-0.5), .int(0), .float(.leastNonzeroMagnitude), .int(1), .float(1.5),
      .int(1 << 53),
      .int((1 << 53) + 1), .float(0x1p53 + 2), .int(Int.max), .float(0x1p63), .float(1e300),
      .float(.infinity),
      .float(.nan), .null,
    ]
    for (i, a) in numbers.enumerated() {
      for (j, b) in numbers.enumerated() {
        #expect(try Value.compare(a, b).signum() == (i - j).signum(), "\(a) \(b)")
        #expect(Value.isSameKey(a, b) == (i == j))
        if i == j { #expect(try a.hash() == b.hash()) }
      }
    }
    #expect(try Value.float(-0x1p63).hash() == Value.int(Int.min).hash())
    #expect(try Value.compare(.float(-0x1p63), .int(Int.min)) == 0)
    #expect(try Value.float(-0.0).hash() == Value.int(0).hash())
  }
}
