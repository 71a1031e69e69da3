import EngineTesting
import Glibc
import SwaleEngine

/// Tries one program after the other in this process, and says on standard output what it is doing, so
/// that whoever started it knows which program ended it.
struct Worker {
  var comparison = Comparison()

  /// Lines of the report begin with one of these words: a seed follows, or the numbers of a count.
  static let trying = "try "
  static let done = "done "

  /// Tries the programs of `seeds`, until `deadline`.
  func run(seeds: Range<Int>, until deadline: ContinuousClock.Instant) -> Statistics {
    var statistics = Statistics()
    for seed in seeds {
      if ContinuousClock.now >= deadline { break }
      say(Worker.trying + "\(seed)\n")
      let program = ProgramGenerator.program(seed: seed)
      let report = comparison.compare(program)
      statistics.count(program, report)
      if case .different(let how) = report.verdict { say(explain(seed, program.text, how)) }
    }
    say(Worker.done + statistics.numbers + "\n")
    return statistics
  }

  /// Returns a difference as a person wants to see it: the least program that shows it.
  private func explain(_ seed: Int, _ text: String, _ how: String) -> String {
    let smallest = minimized(text)
    let report = comparison.compare(FuzzProgram(text: smallest))
    guard case .different(let rest) = report.verdict else {
      return "\nDIFFERENCE of seed \(seed), once\n\(text)\n\(how)\n"
    }
    return "\nDIFFERENCE of seed \(seed)\n\(smallest)\n\(rest)\n"
  }

  func minimized(_ text: String) -> String {
    var minimizer = Minimizer { text in
      if case .different = comparison.compare(FuzzProgram(text: text)).verdict { true } else { false }
    }
    return minimizer.minimize(text)
  }

  /// Writes at once: what comes next may end the process.
  private func say(_ text: String) {
    print(text, terminator: "")
    fflush(nil)
  }
}
