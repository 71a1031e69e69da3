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

  init() {}

  /// Reads what `numbers` gives.
  init?(numbers text: some StringProtocol) {
    let numbers = text.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 6 else { return nil }
    (programs, prompts, refused) = (numbers[0], numbers[1], numbers[2])
    (failed, tooLong, different) = (numbers[3], numbers[4], numbers[5])
  }

  var numbers: String { "\(programs) \(prompts) \(refused) \(failed) \(tooLong) \(different)" }

  static func += (sum: inout Statistics, other: Statistics) {
    sum.programs += other.programs
    sum.prompts += other.prompts
    sum.refused += other.refused
    sum.failed += other.failed
    sum.tooLong += other.tooLong
    sum.different += other.different
  }

  var description: String {
    "\(programs) programs (\(prompts) of them prompt sessions): \(different) different; "
      + "\(failed) ended in an error, \(refused) refused before running, \(tooLong) stopped as too long"
  }
}
