import SwaleEngine
import SwaleSyntax

/// Runs, checks and times whole programs.
struct ScriptRunner {
  private let console: Console
  private let engine: EngineKind
  private let tasks: TaskOptions

  init(_ console: Console, _ invocation: Invocation) {
    self.console = console
    engine = invocation.engine
    tasks = invocation.tasks
  }

  /// Runs a program; returns the exit status.
  func run(_ program: Invocation.Program) -> Int32 {
    guard let source = load(program.origin) else { return ExitStatus.badUsage }
    let session = makeSession(program, output: console.output)
    let status = self.status {
      _ = try session.evaluate(source, keepsNames: false)
      try session.runtime.output.flush()
      return ExitStatus.success
    }
    // What was printed before an error still belongs to the output.
    console.flush()
    return status
  }

  /// Reports what is wrong in files without running them; of several files also how many are wrong.
  func check(_ files: [String]) -> Int32 {
    var problems = 0
    var wrongFiles = 0
    for file in files {
      let count = problemCount(in: file)
      problems += count
      wrongFiles += count > 0 ? 1 : 0
    }
    let checked = TableRenderer.count(files.count, "file")
    if problems == 0 {
      if files.count > 1 { console.writeLine("\(checked) checked, no problems") }
      return ExitStatus.success
    }
    if files.count > 1 {
      console.writeError(
        "\(TableRenderer.count(problems, "problem")) in \(wrongFiles) of \(checked)")
    }
    return ExitStatus.badUsage
  }

  /// Reports the problems of a file and returns their number; one that cannot be read has one.
  private func problemCount(in file: String) -> Int {
    guard let source = load(file == "-" ? .standardInput : .file(file)) else { return 1 }
    let session = makeSession(.init(origin: .file(file)), output: console.output)
    let diagnostics = session.check(source)
    ErrorReport(console).show(diagnostics)
    return diagnostics.count { $0.severity == .error }
  }

  /// Times a program on both engines; a difference between them is an error.
  func bench(_ program: Invocation.Program, json: Bool) -> Int32 {
    guard let source = load(program.origin) else { return ExitStatus.badUsage }
    // What the program prints is compared, not shown.
    let session = makeSession(program, output: Output())
    return status {
      let prepared = try session.prepare(source, keepsNames: false)
      let report = try EngineComparison(session, prepared).report()
      if json {
        console.writeLine(try session.onStack { try report.json($0) })
      } else {
        report.lines(isColored: console.isColored).forEach(console.writeLine)
      }
      return report.difference == nil ? ExitStatus.success : ExitStatus.uncaughtError
    }
  }

  /// Runs a program under seeds from 1 on, its output thrown away, until one fails: shows the error and
  /// how to repeat it. Returns the exit status.
  func testSchedules(_ program: Invocation.Program, seeds: Int) -> Int32 {
    guard let source = load(program.origin) else { return ExitStatus.badUsage }
    for seed in 1...seeds {
      var tasks = tasks
      tasks.seed = seed
      let session = makeSession(program, output: Output(), tasks)
      let status = self.status {
        do { _ = try session.evaluate(source, keepsNames: false) } catch ProgramExit.exit(ExitStatus.success)
        {}
        return ExitStatus.success
      }
      if status == ExitStatus.success { continue }
      if status != ExitStatus.interrupted, status != ExitStatus.badUsage {
        console.writeError("seed \(seed) fails; --seed \(seed) repeats it")
      }
      return status
    }
    console.writeLine("\(TableRenderer.count(seeds, "schedule")) without an error")
    return ExitStatus.success
  }

  // MARK: Parts

  private func makeSession(_ program: Invocation.Program, output: Output, _ tasks: TaskOptions? = nil)
    -> Session
  {
    let session = Session(
      engine: engine, arguments: program.arguments, output: output,
      errorOutput: console.errorOutput, tasks: tasks ?? self.tasks)
    let console = console
    session.runtime.warn = { console.warn($0) }
    return session
  }

  /// Runs `body` and turns what it raises into messages and an exit status.
  private func status(_ body: () throws -> Int32) -> Int32 {
    do { return try body() } catch let exit as ProgramExit {
      switch exit {
      case .exit(let code): return code
      case .interrupted: return ExitStatus.interrupted
      }
    } catch {
      ErrorReport(console).show(error)
      return error is ProgramFailure ? ExitStatus.badUsage : ExitStatus.uncaughtError
    }
  }

  private func load(_ origin: Invocation.Program.Origin) -> Source? {
    switch origin {
    case .code(let code): return Source(name: "<command>", text: code)
    case .standardInput:
      if let bytes = Descriptor.readAll(console.streams.input) {
        return Source(name: "<stdin>", bytes: bytes)
      }
      console.report("cannot read the standard input")
      return nil
    case .file(let path):
      do { return Source(name: path, bytes: try Files.read(path)) } catch let error as SwaleError {
        let commands = Subcommand.allCases.map(\.rawValue)
        let close =
          path.contains(where: { $0 == "/" || $0 == "." })
          ? nil : closestName(to: path, among: commands)
        console.report(error.message, hint: close.map { "did you mean swale \($0)?" } ?? error.hint)
        return nil
      } catch {
        console.report("cannot read \(VisibleText.of(path))")
        return nil
      }
    }
  }
}
