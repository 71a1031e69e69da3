import SwaleSyntax

/// A command of the prompt: one declaration, from which its action, help and completion come.
struct PromptCommand: Sendable {
  /// What may follow the command, for completion.
  enum Argument: Sendable {
    case none, expression, helpName, file, folder, example, engine, function, number, task

    var description: String {
      switch self {
      case .none: "nothing"
      case .expression: "an expression"
      case .helpName, .function: "a name"
      case .file: "a file"
      case .folder: "a folder"
      case .example: "the name of an example"
      case .engine: "the name of an engine"
      case .number: "a number"
      case .task: "the number of a task"
      }
    }
  }

  /// With its colon.
  let name: String
  /// How the argument is written in help; empty where there is none.
  let arguments: String
  let argument: Argument
  let summary: String
  /// Does it; `argument` is what follows the name, without blanks around.
  let action: @Sendable (_ prompt: Prompt, _ argument: String) -> Void

  init(
    _ name: String, _ arguments: String, _ argument: Argument, _ summary: String,
    action: @escaping @Sendable (Prompt, String) -> Void
  ) {
    self.name = name
    self.arguments = arguments
    self.argument = argument
    self.summary = summary
    self.action = action
  }

  var usage: String { arguments.isEmpty ? name : name + " " + arguments }
  /// True if nothing may be left out behind the name.
  var needsArgument: Bool { !arguments.isEmpty && !arguments.hasPrefix("[") }

  static let all: [PromptCommand] = [
    PromptCommand(":help", "[NAME]", .helpName, "explain a function, a topic or a command") {
      $0.help($1)
    },
    PromptCommand(":load", "FILE", .file, "run a file and keep its names") { $0.load($1) },
    PromptCommand(":examples", "", .none, "list the examples") { prompt, _ in prompt.listExamples() },
    PromptCommand(":example", "NAME", .example, "show an example and run it") {
      $0.runExample($1)
    },
    PromptCommand(":time", "EXPR", .expression, "run once and show time and memory") { $0.time($1) },
    PromptCommand(":bench", "EXPR", .expression, "time both engines and compare them") {
      $0.bench($1)
    },
    PromptCommand(":engine", "[interpret|compile]", .engine, "show or choose the engine") {
      $0.engine($1)
    },
    PromptCommand(":type", "EXPR", .expression, "show the type of a value") { $0.showType($1) },
    PromptCommand(":vars", "", .none, "list the names declared so far") { prompt, _ in prompt.showNames() },
    PromptCommand(":tasks", "", .none, "list the tasks that run or wait") { prompt, _ in prompt.showTasks() },
    PromptCommand(":kill", "TASK", .task, "cancel a task by its number") { $0.kill($1) },
    PromptCommand(":history", "[COUNT]", .number, "list the last entries") { $0.showHistory($1) },
    PromptCommand(":edit", "[NAME]", .function, "edit the last entry or a function, then run it") {
      $0.edit($1)
    },
    PromptCommand(":reset", "", .none, "forget all names") { prompt, _ in prompt.reset() },
    PromptCommand(":cd", "[FOLDER]", .folder, "show or change the present folder") {
      $0.changeFolder($1)
    },
    PromptCommand(":quit", "", .none, "leave (also Ctrl-D)") { prompt, _ in prompt.quit() },
  ]

  static func named(_ name: String) -> PromptCommand? { all.first { $0.name == name } }

  /// Returns what to do about a command that does not exist.
  static func suggestion(for name: String) -> String {
    let names = all.map(\.name)
    var close = names.filter { $0.hasPrefix(name) }
    if !(1...4).contains(close.count) { close = closestName(to: name, among: names).map { [$0] } ?? [] }
    return close.isEmpty ? ":help lists the commands" : "did you mean \(close.joined(separator: " or "))?"
  }

  /// A line for each command, for help.
  static var summaryLines: [String] {
    let entries =
      all.map { ($0.usage, $0.summary) }
      + [("!COMMAND", "run a command of the system shell")]
    let width = entries.map(\.0.count).max() ?? 0
    return entries.map { usage, summary in
      "  " + usage + String(repeating: " ", count: width - usage.count + 2) + summary
    }
  }

  /// Splits an entry that begins with a colon into the command's name and what follows.
  static func split(_ entry: String) -> (name: String, argument: String) {
    guard let blank = entry.firstIndex(where: \.isWhitespace) else { return (entry, "") }
    return (String(entry[..<blank]), entry[blank...].trimmed)
  }
}

extension StringProtocol {
  /// The text without the blanks around it.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
