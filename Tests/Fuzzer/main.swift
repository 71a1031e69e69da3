import Glibc
import SwaleEngine

// Compares the two engines on random programs: see Scripts/fuzz.

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
  print(Options.usage)
  exit(2)
}
var system = SystemRandomNumberGenerator()
let first = options.seed ?? Int(system.next() % 1_000_000_000) * 1000
let seeds = first..<(first + min(options.programs, 1_000_000_000))
switch options.job {
case .show: print(ProgramGenerator.program(seed: first).text)
case .check(let path):
  let text = String(decoding: try Files.read(path), as: UTF8.self)
  let report = Comparison().compare(FuzzProgram(text: text))
  for run in report.runs { print(run.description, "----", separator: "\n") }
  guard report.verdict == .same else {
    if case .different(let how) = report.verdict { print(how) }
    exit(1)
  }
case .work:
  let deadline = ContinuousClock.now.advanced(by: .seconds(min(options.seconds, 10_000_000)))
  exit(Worker().run(seeds: seeds, until: deadline).different == 0 ? 0 : 1)
case .supervise:
  // A crash is found by its signal; what a trace would say takes seconds each time.
  setenv("SWIFT_BACKTRACE", "enable=no", 1)
  var supervisor = Supervisor(seeds: seeds, seconds: options.seconds)
  exit(supervisor.run() ? 0 : 1)
}
