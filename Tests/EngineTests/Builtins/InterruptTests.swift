import Glibc
import SwaleEngine
import SwaleSyntax
import Testing

/// Builtins that run long stop soon after they are told to.
@Suite(.serialized) struct InterruptTests {
  /// What is made ready, and the call that is interrupted.
  struct LongCall: CustomTestStringConvertible, Sendable {
    let setup: String
    let call: String
    init(_ call: String, _ setup: String = "null") { (self.call, self.setup) = (call, setup) }
    var testDescription: String { call }
  }

  private static let numbers = "random.seed(1); let xs = random.int(0, 10**9, count: 500000)"
  private static let text = #"let t = "the quick brown fox, jumps\n" * 300000"#
  private static let wideText = #"let t = "the quick brown fox, jumps\n" * 300000 + "é""#
  private static let lists = "let xs = [[1]] * 1500000"

  static let calls = [
    LongCall("sort(xs)", numbers), LongCall("sort(xs)", numbers + ".map(str)"),
    LongCall("xs.sort(x => x % 1000)", numbers), LongCall("[0] * 50000000"), LongCall(#""abc" * 200000000"#),
    LongCall(#"pad_left("a", 500000000)"#), LongCall("xs.map(x => x + 1)", numbers),
    LongCall("set(xs)", numbers), LongCall("union(xs, xs)", numbers), LongCall("distinct(xs)", numbers),
    LongCall("len(tally(xs))", numbers), LongCall("reverse(xs)", lists), LongCall("concat(xs, xs)", lists),
    LongCall("xs + xs", lists), LongCall("xs[1...]", lists), LongCall("flatten(xs)", lists),
    LongCall("chunks(xs, 3)", lists), LongCall("windows(xs, 30)", lists), LongCall("zip(xs, xs)", lists),
    LongCall("enumerate(xs)", lists), LongCall("xs == ys", lists + "; let ys = [[1]] * 1500000"),
    LongCall("while true { sum(xs) }", numbers), LongCall("while true { max(xs) }", numbers),
    LongCall("while true { index_of(xs, -1) }", numbers), LongCall("while true { -1 in xs }", numbers),
    LongCall("median(xs)", numbers), LongCall("(0..<10**12) | reduce((a, b) => b, 0)"),
    LongCall("any(0..<10**12, x => false)"), LongCall("(0..<10**12) | each ."),
    LongCall("random.normal(count: 100000000)"), LongCall("random.shuffle(xs)", numbers),
    LongCall("repr(xs)", numbers), LongCall("print(xs)", numbers), LongCall("json.text(xs)", numbers),
    LongCall("repr([[[0] * 10000] * 10000] * 10000)"),
    LongCall(#"json.parse("[" + "[1,2,\"abc\"]," * 2000000 + "1]")"#),
    LongCall(#"replace(t, "o", "00")"#, text), LongCall(#"while true { replace(t, "zzz", "") }"#, text),
    LongCall(#"split(t, " ")"#, text), LongCall("words(t)", text), LongCall("lines(t)", text),
    LongCall("chars(t)", text), LongCall("chars(t)", wideText), LongCall("upper(t)", wideText),
    LongCall("reverse(t)", wideText), LongCall(#"join(xs, ",")"#, numbers),
    LongCall(#"while true { contains(t, "zzz") }"#, text), LongCall("for c in t {}", wideText),
    LongCall(#"regex.find_all(t, "\\w+")"#, text), LongCall(#"regex.replace(t, "o", "0")"#, text),
    LongCall(#"regex.matches("a" * 5000, "(a*)*(a*)*(a*)*b")"#),
    LongCall(#"while true { try regex.matches("a" * 40 + "!", "^(a+)+$") else 1 }"#),
    LongCall("hash.sha256(t * 10)", text), LongCall("while true { hash.crc32(t) }", text),
    LongCall("base64.encode(t * 10)", text), LongCall("list(bytes(t))", text),
    LongCall("while true { keys(r) }", "let r = record(zip(0..<300000, 0..<300000))"),
    LongCall("while true { merge(r, {a: 1}) }", "let r = record(zip(0..<300000, 0..<300000))"),
    LongCall("sleep(1h)"), LongCall("time.sleep(1h)"),
    LongCall(#"fs.read_bytes("/dev/zero")"#), LongCall(#"fs.read_text("/dev/zero")"#),
    LongCall(#"while true { fs.glob("/usr/lib/**/*.none") }"#),
  ]

  @Test(arguments: calls) func stops(call: LongCall) throws {
    _ = builtinsAreInstalled
    try check(call)
  }

  @Test func stopsWaitingForAPipe() throws {
    _ = builtinsAreInstalled
    try inEmptyFolder {
      try #require(mkfifo("pipe", 0o600) == 0)
      try check(LongCall(#"fs.read_text("pipe")"#))
      try check(LongCall(#"read("pipe", format: "txt")"#))
      try check(LongCall(#"fs.write_text("pipe", "a")"#))
    }
  }

  private func check(_ call: LongCall) throws {
    let session = Session(engine: .compile, arguments: [], output: Output(), errorOutput: Output())
    _ = try session.evaluate(Source(name: "<setup>", text: call.setup), keepsNames: true)
    let (ending, overtime) = stopping(after: .milliseconds(50)) { () -> String in
      do {
        _ = try session.evaluate(Source(name: "<call>", text: call.call), keepsNames: false)
        return "ended"
      } catch ProgramExit.interrupted {
        return "stopped"
      } catch { return "\(error)" }
    }
    // How long it went on is shown on demand; a busy machine says little, so the bound is generous.
    if getenv("SWALE_SHOW_LATENCY") != nil { print("\(ending) after \(overtime)  \(call.call)") }
    #expect(ending == "stopped" || ending == "ended")
    #expect(overtime < .seconds(5), "\(call.call) \(ending) after \(overtime)")
  }
}
