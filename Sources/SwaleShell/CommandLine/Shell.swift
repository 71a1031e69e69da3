import Glibc
import SwaleEngine
import SwaleSyntax
import SwaleTables

/// The whole program as a function: what the command line asks for is done on the given streams.
public enum Shell {
  /// Returns the exit status.
  public static func run(_ arguments: [String], streams: StandardStreams = .process) -> Int32 {
    Tables.install()
    let invocation: Invocation
    do { invocation = try CommandLineParser.parse(arguments) } catch {
      Console(streams, color: .auto).report(error.message, hint: error.hint)
      return ExitStatus.badUsage
    }
    InterruptHandler.install()
    StandardInput.attach(streams.input)
    let console = Console(streams, color: invocation.color)
    let status = perform(invocation, console)
    console.flush()
    return status == ExitStatus.success ? console.lostOutput ?? status : status
  }

  private static func perform(_ invocation: Invocation, _ console: Console) -> Int32 {
    switch invocation.action {
    case .usage: console.write(Usage.text)
    case .version: console.writeLine("swale \(Version.current)")
    case .prompt: return Prompt(console, engine: invocation.engine, tasks: invocation.tasks).run()
    case .run(let program): return ScriptRunner(console, invocation).run(program)
    case .check(let files): return ScriptRunner(console, invocation).check(files)
    case .bench(let program, let json): return ScriptRunner(console, invocation).bench(program, json: json)
    case .testSchedules(let program, let seeds):
      return ScriptRunner(console, invocation).testSchedules(program, seeds: seeds)
    case .examples(let name): return showExamples(name, console)
    case .help(let topic):
      guard let topic else {
        Help.overview(isPrompt: false).forEach(console.writeLine)
        return ExitStatus.success
      }
      guard let lines = Help(session: nil, console).lines(about: topic) else {
        console.report(
          "there is no help on \(VisibleText.of(topic))",
          hint: Help(session: nil, console).suggestion(for: topic))
        return ExitStatus.badUsage
      }
      lines.forEach(console.writeLine)
    }
    return ExitStatus.success
  }

  private static func showExamples(_ name: String?, _ console: Console) -> Int32 {
    guard let name else {
      Example.list(console.styled).forEach(console.writeLine)
      return ExitStatus.success
    }
    guard let example = Example.named(name) else {
      console.report("there is no example \(VisibleText.of(name))", hint: Example.suggestion(for: name))
      return ExitStatus.badUsage
    }
    console.write(example.text)
    return ExitStatus.success
  }
}

/// The exit statuses of the program.
enum ExitStatus {
  static let success: Int32 = 0
  static let uncaughtError: Int32 = 1
  /// What was found before running, and wrong usage.
  static let badUsage: Int32 = 2
  static let interrupted: Int32 = 130
}
