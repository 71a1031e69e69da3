import Testing

@testable import SwaleShell

@Suite struct CompletionContextTests {
  private func context(_ text: String) -> CompletionContext {
    CompletionContext(text: text, cursor: text.utf8.count)
  }

  @Test func commandsAndTheirArguments() {
    #expect(context(":he") == .command(prefix: ":he", start: 0))
    #expect(context(":load ex") == .argument(command: ":load", prefix: "ex", start: 6))
    #expect(context(":load ") == .argument(command: ":load", prefix: "", start: 6))
    #expect(context(":time so") == .name(prefix: "so", start: 6))
    #expect(context("!cat da/f") == .path("da/f", start: 5, closing: ""))
  }

  @Test func stringsHoldPaths() {
    #expect(context("read(\"da") == .path("da", start: 6, closing: "\""))
    #expect(context("read('da") == .path("da", start: 6, closing: "'"))
    #expect(context("\"a\" + x") == .name(prefix: "x", start: 6))
    #expect(context("\"n: {na") == .name(prefix: "na", start: 5))
    #expect(context("\"n: {a} b") == .path("n: {a} b", start: 1, closing: "\""))
    #expect(context("x # it's") == .nothing)
    #expect(context("x # it's\ny") == .name(prefix: "y", start: 9))
  }

  @Test func membersOfChains() {
    #expect(context("a.b.c") == .member(receiver: ["a", "b"], prefix: "c", start: 4))
    #expect(context("f(x.") == .member(receiver: ["x"], prefix: "", start: 4))
    #expect(context("r?.na") == .member(receiver: ["r"], prefix: "na", start: 3))
    #expect(context("f(x).le") == .member(receiver: nil, prefix: "le", start: 5))
    #expect(context("1..") == .name(prefix: "", start: 3))
    #expect(context("12") == .nothing)
  }

  @Test func itemsKnowWhatFlowsIntoTheirStage() {
    #expect(context("orders | where .st") == .item(pipe: "orders ", prefix: "st", start: 16))
    #expect(context("let x = orders | sort desc(.") == .item(pipe: " orders ", prefix: "", start: 28))
    #expect(
      context("t | where .a > 1\n  | select .b, .")
        == .item(pipe: "t | where .a > 1\n  ", prefix: "", start: 33))
    #expect(context("print(t | where .") == .item(pipe: "t ", prefix: "", start: 17))
    #expect(context("t | join (u | where .") == .item(pipe: "u ", prefix: "", start: 21))
    #expect(context("[t | len, u | map .") == .item(pipe: " u ", prefix: "", start: 19))
    #expect(context("t | map \"{.") == .item(pipe: "t ", prefix: "", start: 11))
  }

  @Test func stagesAndLabels() {
    #expect(context("t | wh") == .stage(pipe: "t ", prefix: "wh", start: 4))
    #expect(context("t\n  | ") == .stage(pipe: "t\n  ", prefix: "", start: 6))
    #expect(context("t | sort .a, b") == .name(prefix: "b", start: 13, called: "sort"))
    #expect(context("csv.parse(x, de") == .name(prefix: "de", start: 13, called: "csv.parse"))
    #expect(context("f(a) + b") == .name(prefix: "b", start: 7))
  }

  @Test func paths() {
    let found = PathCompletion.complete("/et", start: 3, closing: "\"", home: nil)
    #expect(found.start == 3)
    #expect(found.candidates.contains { $0.text == "/etc/" && $0.label == "etc/" && $0.ending == "" })
    let file = PathCompletion.complete("~/pass", start: 0, closing: "\"", home: "/etc")
    #expect(file.candidates.contains { $0.text == "~/passwd" && $0.ending == "\"" })
    #expect(PathCompletion.complete("/no/such/", start: 0, closing: "", home: nil).candidates.isEmpty)
  }
}
