import Glibc

/// Has workers try programs in processes of their own and survives what ends them.
struct Supervisor {
  let seeds: Range<Int>
  let seconds: Int
  private var statistics = Statistics()
  private var crashes = 0
  /// Programs that one process tries: compiled code and closures that hold each other are never freed.
  private static let batch = 1000

  init(seeds: Range<Int>, seconds: Int) {
    self.seeds = seeds
    self.seconds = seconds
  }

  /// Tries all seeds, or as many as there is time for; true where nothing was found.
  mutating func run() -> Bool {
    let start = ContinuousClock.now
    var next = seeds.lowerBound
    print("fuzz: seeds from \(next)")
    while next < seeds.upperBound {
      let left = seconds - Int(start.duration(to: .now).components.seconds)
      if left <= 0 { break }
      let count = min(seeds.upperBound - next, Supervisor.batch)
      var done = Statistics()
      let child = Child([
        "--work", "--seed", "\(next)", "--programs", "\(count)", "--seconds", "\(left)",
      ]) { line in
        if line.hasPrefix(Worker.done), let numbers = Statistics(numbers: line.dropFirst(Worker.done.count)) {
          done += numbers
        } else {
          print(line)
          fflush(nil)
        }
      }
      statistics += done
      next += count
      if child.hasCrashed, let seed = child.lastTried {
        crashes += 1
        explain(seed, child)
        next = seed + 1
      }
    }
    print("fuzz: \(statistics.description), \(crashes) crashed or hung")
    return statistics.different == 0 && crashes == 0
  }

  private func explain(_ seed: Int, _ child: Child) {
    let program = ProgramGenerator.program(seed: seed)
    print("\nCRASH of seed \(seed): \(child.description)")
    fflush(nil)
    // A hang takes its time whenever it is tried.
    let isHang = child.status & 0x7f == 0
    var minimizer = Minimizer(attempts: isHang ? 12 : 300) { Supervisor.crashes($0) }
    print(Supervisor.crashes(program.text) ? minimizer.minimize(program.text) : program.text)
    print("")
    fflush(nil)
  }

  /// True if a program ends the process that it runs in.
  private static func crashes(_ text: String) -> Bool {
    let path = "/tmp/swale-fuzz-\(getpid()).swale"
    guard let file = fopen(path, "w") else { return false }
    fputs(text, file)
    fclose(file)
    defer { unlink(path) }
    return Child(["--check", path]) { _ in }.hasCrashed
  }
}
