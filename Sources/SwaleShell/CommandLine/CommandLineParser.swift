import SwaleEngine
import SwaleSyntax

/// Understands the words of a command line.
///
/// It is our own because the rules are few and particular (whatever follows a script belongs to
/// the script), and because swift-argument-parser 1.8 needs FoundationEssentials: linked
/// statically it made a minimal program start in 2.1 instead of 1.3 ms and grow from 6 to 14.5 MB.
struct CommandLineParser {
  private var words: ArraySlice<String>
  private var invocation = Invocation(action: .prompt)
  private var json = false
  private var seeds = 1000

  /// Returns what the words after the program's name ask for.
  static func parse(_ words: [String]) throws(UsageError) -> Invocation {
    var parser = CommandLineParser(words: words[...])
    return try parser.parse()
  }

  private init(words: ArraySlice<String>) { self.words = words }

  private mutating func parse() throws(UsageError) -> Invocation {
    try parseOptions(allowing: ["-e", "-"])
    guard let word = words.first else { return finished ?? invocation }
    switch word {
    case "-e": try parseCode()
    case "-":
      words.removeFirst()
      invocation.action = .run(.init(origin: .standardInput, arguments: Array(words)))
    default:
      guard let command = Subcommand(rawValue: word), !isAfterDoubleDash else {
        words.removeFirst()
        invocation.action = .run(.init(origin: .file(word), arguments: Array(words)))
        break
      }
      words.removeFirst()
      try parse(command)
    }
    return finished ?? invocation
  }

  /// Set by `--help` and `--version`, which win over everything else.
  private var finished: Invocation?
  private var isAfterDoubleDash = false

  // MARK: Commands

  private mutating func parse(_ command: Subcommand) throws(UsageError) {
    switch command {
    case .run:
      invocation.action = .run(try parseProgram("run"))
    case .bench:
      let program = try parseProgram("bench")
      invocation.action = .bench(program, json: json)
    case .testSchedules:
      let program = try parseProgram("test-schedules")
      if finished == nil, case .standardInput = program.origin {
        throw UsageError(
          message: "test-schedules runs a program again and again, which the standard input cannot be",
          hint: "swale test-schedules FILE")
      }
      invocation.action = .testSchedules(program, seeds: seeds)
    case .check:
      let files = try parseOperands()
      if files.isEmpty, finished == nil {
        throw UsageError(message: "check: which files?", hint: "swale check FILE...")
      }
      invocation.action = .check(files: files)
    case .examples:
      invocation.action = .examples(name: try parseSingle("examples", "a NAME"))
    case .help:
      invocation.action = .help(topic: try parseSingle("help", "a TOPIC"))
    }
  }

  private mutating func parseProgram(_ command: String) throws(UsageError) -> Invocation.Program {
    let takesJSON = command == "bench"
    try parseOptions(allowing: ["-e", "-"], json: takesJSON, seeds: command == "test-schedules")
    if finished != nil { return .init(origin: .standardInput) }
    guard let word = words.first else {
      throw UsageError(
        message: "\(command): which file?",
        hint: "swale \(command) FILE, swale \(command) -e CODE, or - for the standard input")
    }
    var program: Invocation.Program
    if word == "-e" {
      try parseCode()
      guard case .run(let parsed) = invocation.action else { return .init(origin: .standardInput) }
      program = parsed
    } else {
      words.removeFirst()
      program = .init(origin: word == "-" ? .standardInput : .file(word), arguments: Array(words))
    }
    if command == "test-schedules", let index = program.arguments.firstIndex(of: "--seeds") {
      words = program.arguments[(index + 1)...]
      seeds = try parseNumber("--seeds", nil, from: 1)
      program.arguments.removeSubrange(index...index + 1)
    }
    if takesJSON {
      // Only the options of the measurement itself are taken back from the script's arguments.
      if let index = program.arguments.firstIndex(of: "--json") {
        program.arguments.remove(at: index)
        json = true
      }
    }
    return program
  }

  private mutating func parseCode() throws(UsageError) {
    words.removeFirst()
    guard let code = words.popFirst() else {
      throw UsageError(message: "-e needs a program to run", hint: "swale -e 'print(1 + 2)'")
    }
    invocation.action = .run(.init(origin: .code(code), arguments: Array(words)))
  }

  private mutating func parseOperands() throws(UsageError) -> [String] {
    var operands: [String] = []
    while true {
      try parseOptions(allowing: ["-"])
      guard let word = words.popFirst() else { return operands }
      operands.append(word)
    }
  }

  private mutating func parseSingle(_ command: String, _ what: String) throws(UsageError) -> String? {
    let operands = try parseOperands()
    if operands.count > 1 {
      throw UsageError(
        message: "\(command) takes \(what), not \(operands.count)",
        hint: "swale \(command) \(operands[0])")
    }
    return operands.first
  }

  // MARK: Options

  private mutating func parseOptions(
    allowing others: Set<String>, json takesJSON: Bool = false, seeds takesSeeds: Bool = false
  ) throws(UsageError) {
    while let word = words.first, word.hasPrefix("-"), !others.contains(word), !isAfterDoubleDash {
      words.removeFirst()
      if word == "--" {
        isAfterDoubleDash = true
        return
      }
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      let name = parts.first ?? word
      let attached = parts.count > 1 ? parts[1] : word.hasSuffix("=") ? "" : nil
      switch name {
      case "--engine":
        invocation.engine = try parseChoice(name, attached, EngineKind.self)
      case "--color", "--colour":
        invocation.color = try parseChoice(name, attached, ColorChoice.self)
      case "--workers": invocation.tasks.workers = try parseNumber(name, attached, from: 1)
      case "--seed": invocation.tasks.seed = try parseNumber(name, attached, from: 0)
      case "--seeds" where takesSeeds: seeds = try parseNumber(name, attached, from: 1)
      case "--json" where takesJSON && attached == nil: json = true
      case "-h" where attached == nil, "--help" where attached == nil:
        finished = Invocation(action: .usage)
        words = []
      case "-V" where attached == nil, "--version" where attached == nil:
        finished = Invocation(action: .version)
        words = []
      default: throw unknown(name, attached: attached)
      }
    }
  }

  private mutating func parseChoice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ attached: String?, _ type: Choice.Type
  ) throws(UsageError) -> Choice where Choice.RawValue == String {
    let choices = Choice.allCases.map(\.rawValue)
    let listed = choices.dropLast().joined(separator: ", ") + " or " + (choices.last ?? "")
    guard let value = attached ?? words.popFirst() else {
      throw UsageError(message: "\(name) needs a value: \(listed)")
    }
    if let choice = Choice(rawValue: value) { return choice }
    throw UsageError(
      message: "\(name) is \(listed), not \"\(VisibleText.of(value))\"",
      hint: closestName(to: value, among: choices).map { "did you mean \(name) \($0)?" })
  }

  private mutating func parseNumber(_ name: String, _ attached: String?, from least: Int) throws(UsageError)
    -> Int
  {
    guard let value = attached ?? words.popFirst() else {
      throw UsageError(message: "\(name) needs a number", hint: "\(name) \(max(least, 4))")
    }
    guard let number = Int(value), number >= least else {
      throw UsageError(
        message: "\(name) needs a number from \(least) on, not \"\(VisibleText.of(value))\"")
    }
    return number
  }

  private func unknown(_ name: String, attached: String?) -> UsageError {
    let known = Usage.options.map(\.name)
    if known.contains(name), attached != nil {
      return UsageError(message: "\(name) takes no value")
    }
    return UsageError(
      message: "unknown option \(VisibleText.of(name))",
      hint: (known.first { name.count > 2 && $0.hasPrefix(name) } ?? closestName(to: name, among: known))
        .map { "did you mean \($0)?" } ?? "swale --help lists the options")
  }
}

/// The commands that may stand in the place of a file.
enum Subcommand: String, CaseIterable, Sendable {
  case run, check, bench, examples, help
  case testSchedules = "test-schedules"
}
