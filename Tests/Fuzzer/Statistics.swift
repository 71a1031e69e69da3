import EngineTesting

/// How the programs that were tried went.
struct Statistics {
  var programs = 0
  var prompts = 0
  var refused = 0
  var failed = 0
  var tooLong = 0
  var different = 0

  mutating func count(_ program: FuzzProgram, _ report: Comparison.Report) {
    programs += 1
    if program.isPrompt { prompts += 1 }
    if report.runs.contains(where: { $0.failure?.isFoundBeforeRunning == true }) {
      refused += 1
    } else if report.runs.contains(where: { $0.failure != nil }) {
      failed += 1
    }
    switch report.verdict {
    case .same: break
    case .tooLong: tooLong += 1
    case .different: different += 1
    }
  }

  var description: String {
    "\(programs) programs (\(prompts) of them prompt sessions): \(different) different; "
      + "\(failed) ended in an error, \(refused) refused before running, \(tooLong) stopped as too long"
  }
}
