import Glibc
import SwaleEngine
import SwaleServices
import SwaleSyntax

/// The prompt: reads entries, runs them and shows what comes out.
final class Prompt {
  let console: Console
  let history: History
  private(set) var session: Session
  private let editor: any LineEditor
  /// True if a person types the entries, and sees prompts and greetings.
  let isInteractive: Bool
  /// The last entry that was code, for `:edit`.
  var lastCode: String?
  /// Set when the prompt shall end.
  private var status: Int32?

  private let tasks: TaskOptions

  init(_ console: Console, engine: EngineKind, tasks: TaskOptions = TaskOptions()) {
    self.console = console
    self.tasks = tasks
    let streams = console.streams
    session = Prompt.makeSession(console, engine: engine, tasks)
    let isTerminal = Descriptor.isTerminal(streams.input)
    isInteractive = isTerminal
    if streams.isInteractive {
      history = History(path: History.defaultPath(environment: streams.environment))
      let terminal = TerminalEditor(
        input: streams.input, output: streams.output, isColored: console.isColored,
        history: history, assistant: EditorAssistant(),
        configuration: EditorConfiguration.load(environment: streams.environment))
      editor = terminal
      terminal.assistant = makeAssistant()
    } else {
      history = History(path: nil)
      let text = IncompleteText()
      editor = PlainEditor(
        output: isTerminal ? streams.output : nil, isIncomplete: { text.check?($0) ?? false })
      text.check = { [unowned self] in isIncomplete($0) }
    }
  }

  /// Lets the editor ask a prompt that does not exist yet when the editor is made.
  private final class IncompleteText {
    var check: ((String) -> Bool)?
  }

  private static func makeSession(_ console: Console, engine: EngineKind, _ tasks: TaskOptions) -> Session {
    let session = Session(
      engine: engine, arguments: [], output: console.output, errorOutput: console.errorOutput, tasks: tasks)
    session.runtime.warn = { console.warn($0) }
    // Written like output, so that it can stand above what is being typed.
    session.onUnhandledError = { console.write(ErrorReport(console).text(of: $0) + "\n") }
    session.define("_", .null)
    return session
  }

  private func makeAssistant() -> EditorAssistant {
    EditorAssistant(
      isIncomplete: { [unowned self] in isIncomplete($0) },
      highlight: { EntryHighlighter.spans(of: $0) },
      complete: { [unowned self] text, cursor in
        Completer(session: session, home: console.streams.environment("HOME"))
          .complete(text, cursor: cursor)
      },
      takeOutput: { [unowned self] in String(decoding: console.output.takeBytes(), as: UTF8.self) })
  }

  // MARK: The loop

  /// Reads and runs entries until the end; returns the exit status.
  func run() -> Int32 {
    if isInteractive {
      console.writeLine("Swale \(Version.current). :help explains, Ctrl-D leaves.")
    }
    while status == nil {
      console.flush()
      if let lost = console.lostOutput { return lost }
      // What tasks print meanwhile is shown by the editor.
      if editor is TerminalEditor { console.output.hold { TerminalGuard.wake() } }
      let result = editor.read(.standard)
      console.output.release()
      switch result {
      case .entry(let text): perform(text)
      case .cancelled: if !isInteractive { return ExitStatus.interrupted }
      case .end:
        status = isInteractive || !console.hasReported ? ExitStatus.success : ExitStatus.uncaughtError
      case .failed(let error):
        ErrorReport(console).show(error)
        status = ExitStatus.uncaughtError
      }
    }
    return status ?? ExitStatus.success
  }

  func quit(status: Int32 = ExitStatus.success) { self.status = status }

  /// Runs one entry, whatever it is.
  func perform(_ text: String) {
    let entry = text.trimmed
    guard !entry.isEmpty else { return }
    // Before it runs, so that an entry that ends the program badly can be had again.
    history.add(entry)
    InterruptHandler.clear()
    if entry.hasPrefix(":") {
      performCommand(entry)
    } else if entry.hasPrefix("!") {
      runInSystemShell(entry.dropFirst().trimmed)
    } else if leaves(entry) {
      quit()
    } else if isCommandWithoutColon(entry) {
      let word = entry.prefix { $0.isLetter }
      console.report("\(word) is a command of the prompt", hint: "write :\(word)")
    } else {
      lastCode = entry
      run(Source(name: "<prompt>", text: entry))
    }
  }

  /// True for the bare words by which people leave other prompts.
  private func leaves(_ entry: String) -> Bool {
    ["exit", "quit"].contains(entry) && !session.names.contains { $0.name == entry }
  }

  /// True for an entry that begins with a command's name, which means nothing else.
  private func isCommandWithoutColon(_ entry: String) -> Bool {
    let word = String(entry.prefix { $0.isLetter })
    return PromptCommand.named(":" + word) != nil && !session.names.contains { $0.name == word }
      && Builtins.prelude[word] == nil && Builtins.modules[word] == nil
  }

  private func performCommand(_ entry: String) {
    let (name, argument) = PromptCommand.split(entry)
    guard let command = PromptCommand.named(name) else {
      console.report(
        "there is no command \(VisibleText.of(name))", hint: PromptCommand.suggestion(for: name))
      return
    }
    if command.needsArgument, argument.isEmpty {
      console.report("\(name) needs \(command.argument.description) behind it", hint: command.usage)
    } else if command.arguments.isEmpty, !argument.isEmpty {
      console.report("\(name) takes nothing behind it", hint: command.usage)
    } else {
      command.action(self, argument)
    }
  }

  private func runInSystemShell(_ command: String) {
    guard !command.isEmpty else {
      console.report("! needs a command", hint: "!ls")
      return
    }
    if command == "cd" || command.hasPrefix("cd ") {
      console.report("the system shell would forget its folder at once", hint: "write :\(command)")
      return
    }
    console.flush()
    if let message = SystemShell.run(command).message { console.writeLine(console.styled(message, .dim)) }
    if isInteractive { TerminalGuard.restoreModes() }
  }

  // MARK: Running code

  /// Runs a source and shows its value; true if it came to its end.
  @discardableResult
  func run(_ source: Source) -> Bool {
    guarded {
      let value = try session.evaluate(source, keepsNames: true)
      try show(value)
    }
  }

  /// Runs `body` and shows what it raises; true if it came to its end.
  @discardableResult
  func guarded(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return true
    } catch let exit as ProgramExit {
      switch exit {
      case .exit(let code): quit(status: code)
      case .interrupted: console.writeError(Style.dim.paint("interrupted", when: console.isErrorColored))
      }
    } catch {
      ErrorReport(console).show(error)
    }
    return false
  }

  /// Shows a result and keeps it as `_`; null is shown by nothing.
  func show(_ value: Value) throws {
    guard !value.isNull else { return }
    session.define("_", value)
    let size = console.size
    // The next prompt shall be visible with the result.
    let display = ValueDisplay(
      columns: size.columns, rows: max(size.rows - 3, 5), isColored: console.isColored)
    let lines = try session.onStack { try display.lines(value, $0) }
    console.write(lines.joined(separator: "\n") + "\n")
  }

  /// Forgets everything declared so far.
  func reset() {
    session = Prompt.makeSession(console, engine: session.engine, tasks)
    lastCode = nil
    console.writeLine("all names are forgotten")
  }

  // MARK: What the editor asks

  /// True if more lines could make the text whole.
  func isIncomplete(_ text: String) -> Bool {
    // Two empty lines at the end say that nothing more will come.
    if text.hasSuffix("\n\n\n") { return false }
    var code = text
    let entry = text.drop(while: \.isWhitespace)
    if entry.hasPrefix("!") { return false }
    if entry.hasPrefix(":") {
      let (name, argument) = PromptCommand.split(String(entry))
      guard PromptCommand.named(name)?.argument == .expression, !argument.isEmpty else { return false }
      code = argument
    }
    let source = Source(name: "<prompt>", text: code)
    // Deeply nested text needs the larger stack of the session.
    do {
      _ = try session.onOwnStack { try Parser.parse(source, transforms: session.transforms) }
      return false
    } catch { return (error as? Diagnostic)?.isIncomplete ?? false }
  }
}
