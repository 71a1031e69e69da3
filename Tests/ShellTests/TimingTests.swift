import SwaleEngine
import SwaleSyntax
import Testing

@testable import SwaleShell

@Suite struct TimingTests {
  /// A machine on which time passes only as the test says.
  private final class FakeMachine {
    var time = 0
    var log: [String] = []

    func contestant(_ name: String, nanoseconds: Int, noise: Int = 0) -> Bench.Contestant {
      Bench.Contestant(name: name) { [self] times in
        log.append(name)
        time += times * nanoseconds + (log.count % 3) * noise
      }
    }

    var bench: Bench {
      var bench = Bench()
      bench.now = { [self] in time }
      return bench
    }
  }

  @Test func contestantsTakeTurnsAndFastOnesAreBatched() throws {
    let machine = FakeMachine()
    let samplings = try machine.bench.measure([
      machine.contestant("slow", nanoseconds: 5_000_000),
      machine.contestant("fast", nanoseconds: 1000),
    ])
    #expect(samplings.map(\.median) == [5_000_000, 1000])
    #expect(samplings[0].batch == 1)
    #expect(samplings[1].batch >= 1000)
    #expect(samplings[0].times.count == machine.bench.leastRounds)
    let rounds = machine.log.suffix(14)
    #expect(rounds.count { $0 == "slow" } == 7)
    #expect(Array(rounds.prefix(4)) == ["slow", "fast", "fast", "slow"])
  }

  @Test func noiseAsksForMoreRoundsWithinTheBudget() throws {
    let machine = FakeMachine()
    let steady = try machine.bench.measure([machine.contestant("a", nanoseconds: 2_000_000)])
    let noisy = try machine.bench.measure([
      machine.contestant("a", nanoseconds: 2_000_000, noise: 1_000_000)
    ])
    #expect(noisy[0].times.count > steady[0].times.count)
    let start = machine.time
    let slow = try machine.bench.measure([
      machine.contestant("a", nanoseconds: 900_000_000, noise: 300_000_000)
    ])
    #expect(slow[0].times.count < 7)
    #expect(machine.time - start < 6_000_000_000)
  }

  @Test func aVerySlowProgramIsNotWarmedUp() throws {
    let machine = FakeMachine()
    var slow = machine.contestant("slow", nanoseconds: 10_000_000_000)
    slow.firstRun = 10_000_000_000
    let samplings = try machine.bench.measure([slow])
    #expect(samplings[0].times.count == 1)
    #expect(machine.log.count == 1)
  }

  @Test func anErrorEndsTheMeasurement() {
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      try Bench().measure([Bench.Contestant(name: "a") { _ in throw Failure() }])
    }
  }

  @Test func figuresOfSamples() {
    let sampling = Sampling(name: "a", batch: 1, times: [40, 10, 30, 20, 50])
    #expect(sampling.median == 30)
    #expect(sampling.least == 10)
    #expect(sampling.quantile(0.25) == 20)
    #expect(sampling.spread == 20.0 / 30.0)
    #expect(Sampling(name: "a", batch: 1, times: [5]).spread == nil)
  }

  @Test func quantities() {
    #expect(Quantity.duration(nanoseconds: 0.5) == "0.50 ns")
    #expect(Quantity.duration(nanoseconds: 999.7) == "1.00 µs")
    #expect(Quantity.duration(nanoseconds: 12_345_678) == "12.3 ms")
    #expect(Quantity.duration(nanoseconds: 125e9) == "125 s")
    #expect(Quantity.bytes(3 << 20) == "3.00 MB")
    #expect(Quantity.bytes(12) == "12 B")
    #expect(Quantity.percent(0.0125) == "1.3%")
  }

  private func json(_ report: BenchReport) throws -> String {
    let session = Session(
      engine: .compile, arguments: [], output: Output(), errorOutput: Output())
    return try session.onStack { try report.json($0) }
  }

  @Test func nothingIsClaimedBeyondTheNoise() {
    let report = BenchReport(
      samplings: [
        Sampling(name: "interpret", batch: 1, times: [8e6, 9e6, 12e6]),
        Sampling(name: "compile", batch: 1, times: [7e6, 8.5e6, 11e6]),
      ], compileTime: 1)
    #expect(report.lines(isColored: false).contains("both are equally fast, as far as can be told"))
  }

  @Test func theReport() throws {
    var report = BenchReport(
      samplings: [
        Sampling(name: "interpret", batch: 1, times: [8e6, 8e6, 8e6]),
        Sampling(name: "compile", batch: 10, times: [2e6, 2e6, 2e6]),
      ], compileTime: 42_000)
    report.general = [.init(place: "2:5", reason: "the type of x is not known")]
    report.generalCount = 3
    #expect(
      report.lines(isColored: false).joined(separator: "\n") == """
        interpret  median 8.00 ms   min 8.00 ms   spread  0.0%   3 runs
        compile    median 2.00 ms   min 2.00 ms   spread  0.0%   30 runs

        interpret  ████████████████████████████████████████ 8.00 ms
        compile    ██████████ 2.00 ms
        compile is 4.00 times as fast

        compiled in 42.0 µs
        both results are equal
        left general:
          2:5: the type of x is not known
          … 2 more
        """)
    #expect(try json(report).contains("\"ratio\":4.0"))
    #expect(try json(report).contains("\"equal\":true"))
    report.isSteady = false
    report.changedNames = ["a", "b"]
    let lines = report.lines(isColored: false)
    #expect(lines.contains("the results were not compared: no two runs give the same"))
    #expect(lines.contains("each run starts with a, b as before; the first change of each copies it"))
    #expect(try json(report).contains("\"equal\":null"))
  }

  @Test func codeWithTasksIsTimedWithMoreAndMoreWorkers() throws {
    var tasks = TaskOptions()
    tasks.workers = 3
    let session = Session(
      engine: .compile, arguments: [], output: Output(), errorOutput: Output(), tasks: tasks)
    func report(_ code: String) throws -> BenchReport {
      let prepared = try session.prepare(Source(name: "bench", text: code), keepsNames: false)
      var comparison = EngineComparison(session, prepared)
      comparison.bench.budget = 20_000_000
      return try comparison.report()
    }
    let found = try report("1...8 | map(. + 1, workers: 4) | sum")
    #expect(found.scaling.map(\.name) == ["1 worker", "2 workers", "3 workers"])
    #expect(found.difference == nil)
    #expect(found.lines(isColored: false).contains { $0.hasPrefix("2 workers  median ") })
    #expect(try json(found).contains("\"workers\":{\"1 worker\":{\"median_ns\":"))
    #expect(session.runtime.scheduler.workerCount == 3)
    // A run does not leave its tasks to the next one.
    let ran = try report("let n = cell(0); spawn { n.update(x => x + 1) }; spawn { <-channel() }; n")
    #expect(!ran.scaling.isEmpty)
    #expect(session.tasks.isEmpty)
    #expect(try report("1 + 1").scaling.isEmpty)
  }

  private func remarks(_ code: String) throws -> [String] {
    let session = Session(engine: .compile, arguments: [], output: Output(), errorOutput: Output())
    session.runtime.output.isMuted = true
    let prepared = try session.prepare(Source(name: "bench", text: code), keepsNames: false)
    return try EngineComparison(session, prepared).report().general.map { "\($0.place): \($0.reason)" }
  }

  @Test func whatIsLeftGeneralIsNamed() throws {
    let unboxed = "fn f(n) { var s = 0.0\n for i in 0..<n { s += i * 0.5 }\n s }\nf(10)"
    #expect(try remarks(unboxed).isEmpty)
    let mixed = "fn f(n) {\n var s = 0\n s = 1.5\n s }\nf(10)"
    #expect(try remarks(mixed) == ["f, line 3: s holds values of several types"])
    let called = "fn f(g) { g(1) }\nf(x => x)"
    #expect(try remarks(called).contains("f, line 1: which function is called is not known before it runs"))
  }

  @Test func memoryOfARunIsMeasured() {
    let (result, measurement) = Stopwatch.measure { () -> Int in
      let block = [UInt8](repeating: 1, count: 64 << 20)
      return block.reduce(0) { $0 &+ Int($1) }
    }
    #expect((try? result.get()) == 64 << 20)
    #expect(measurement.wall > 0)
    if let memory = measurement.memory { #expect(memory > 32 << 20) }
  }
}
