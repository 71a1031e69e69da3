import Testing

@testable import SwaleEngine

@Suite struct RegexTests {
  @Test(arguments: [
    ("regex.find_all(\"baac\", \"a*\")", "[\"\", \"aa\", \"\", \"\"]"),
    ("regex.find_all(\"ééé\", \"é\")", "[\"é\", \"é\", \"é\"]"),
    ("regex.find_all(\"\", \"\")", "[\"\"]"), ("regex.find(\"x\\ny\", \"x.y\")", "null"),
    ("regex.find(\"x\\ny\", \"(?s)x.y\")", "\"x\\ny\""), ("regex.find(\"éa\", '\\w+')", "\"éa\""),
    ("regex.find(\"(*UCP)x\", '(*UCP)x')", "\"x\""), ("regex.find(\"ab\", 'b|a')", "\"a\""),
    ("regex.replace(\"baac\", \"a*\", \"-\")", "\"-b--c-\""),
    ("regex.replace(\"abc\", \"\", \"-\")", "\"-a-b-c-\""),
    ("regex.replace(\"aaa\", \"a\", \"b\", count: 2)", "\"bba\""),
    ("regex.replace(\"aaa\", \"a\", \"b\", count: 0)", "\"aaa\""),
    ("regex.replace(\"ab\", \"a\", \"$$1 $0 $ x$\")", "\"$1 a $ x$b\""),
    ("regex.replace(\"a1\", '(\\w)(\\d)', (m, g) => g[1] + g[0] + m)", "\"1aa1\""),
    ("regex.replace(\"Ada L\", '(?<a>\\w+) (?<b>\\w+)', '$b ${a}')", "\"L Ada\""),
    ("regex.split(\"abc\", \"\")", "[\"a\", \"b\", \"c\"]"), ("regex.split(\"\", \",\")", "[\"\"]"),
    ("regex.split(\"a1b2c3\", '\\d', limit: 2)", "[\"a\", \"b2c3\"]"),
    ("regex.groups(\"x=1\", '(\\w)=(\\d)(z)?')", "[\"x\", \"1\", null]"),
    ("regex.groups(\"x\", \"y\")", "null"),
    ("regex.groups(\"b\", '(?J)(?<n>a)|(?<n>b)')", "{n: \"b\"}"),
    ("regex.position(\"naïve e\\u{301}x\", \"x\")", "7..<8"), ("regex.position(\"a\", \"b\")", "null"),
    ("len(regex.find(\"x\" * 2_000_000, '(?:a|(x))*+'))", "2000000"),
    ("regex.matches('a.b*c [x]{y} - #', \"^\" + regex.escape('a.b*c [x]{y} - #') + \"$\")", "true"),
  ])
  func values(_ code: String, _ result: String) {
    let evaluation = Evaluation(code)
    #expect(evaluation.value == result, "\(code): \(evaluation.value ?? evaluation.message ?? "")")
  }

  @Test func catastrophe() {
    let result = Evaluation("regex.find(\"a\" * 40 + \"b\", '(a+)+$')")
    #expect(result.kind == "value")
    #expect(result.message?.contains("too many steps") ?? false)
  }

  /// More patterns than are kept, so that compiled ones are dropped and made again.
  @Test func manyPatterns() {
    let code = "range(600) | map(i => regex.find(\"n{i}x\", \"n{i}\")) | map len | sum"
    #expect(Evaluation(code).value == "2290")
  }
}
