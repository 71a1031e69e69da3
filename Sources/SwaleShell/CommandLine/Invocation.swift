import SwaleEngine

/// What a command line asks for.
struct Invocation: Equatable, Sendable {
  enum Action: Equatable, Sendable {
    /// No file: entries from the terminal or from piped input.
    case prompt
    case run(Program)
    case check(files: [String])
    case bench(Program, json: Bool)
    /// Runs a program under seeds 1, 2, ... up to a number.
    case testSchedules(Program, seeds: Int)
    case examples(name: String?)
    case help(topic: String?)
    case usage
    case version
  }

  /// A program and the arguments that are its own.
  struct Program: Equatable, Sendable {
    enum Origin: Equatable, Sendable {
      case file(String)
      case code(String)
      case standardInput
    }
    var origin: Origin
    var arguments: [String] = []
  }

  var action: Action
  var engine = EngineKind.compile
  var color = ColorChoice.auto
  var tasks = TaskOptions()
}

/// When output is coloured.
enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

/// A command line that cannot be understood: what is wrong and what to do about it.
struct UsageError: Error, Equatable {
  var message: String
  var hint: String?
}
