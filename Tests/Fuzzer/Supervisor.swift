import Glibc

/// Has workers try programs in processes of their own and survives what ends them.
struct Supervisor {
  let seeds: Range<Int>
  let seconds: Int
  private var differences = 0
  private var crashes = 0

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
      var found = 0
      let child = Child([
        "--work", "--seed", "\(next)", "--programs", "\(seeds.upperBound - next)", "--seconds", "\(left)",
      ]) { line in
        if line.hasPrefix("DIFFERENCE") { found += 1 }
        print(line)
        fflush(nil)
      }
      differences += found
      guard child.hasCrashed, let seed = child.lastTried else { break }
      crashes += 1
      explain(seed, child)
      next = seed + 1
    }
    print("fuzz: \(differences) differences, \(crashes) crashes or hangs")
    return differences == 0 && crashes == 0
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
