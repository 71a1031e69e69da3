/// Times several ways to do the same, by turns, until the figures are stable.
struct Bench {
  /// One of the ways: runs the code a number of times.
  struct Contestant {
    var name: String
    /// Called before each sample, outside of the time that counts.
    var prepare: () -> Void = {}
    var run: (_ times: Int) throws -> Void
  }

  /// The clock, in nanoseconds.
  var now: () -> Int = Stopwatch.now
  /// After this many nanoseconds no further round begins.
  var budget = 3_000_000_000
  /// Runs shorter than this are measured several at a time.
  var leastSample = 1_000_000
  /// The figures are stable when the middle is known this well.
  var precision = 0.01
  var leastRounds = 7
  var mostRounds = 1000

  /// Measures every contestant; an error that one of them raises ends it all.
  ///
  /// The contestants take turns, so that a change in the machine's speed meets them alike.
  func measure(_ contestants: [Contestant]) throws -> [Sampling] {
    let start = now()
    var samplings: [Sampling] = []
    for contestant in contestants {
      samplings.append(Sampling(name: contestant.name, batch: try warmUp(contestant)))
    }
    var round = 0
    while round < mostRounds {
      for index in contestants.indices {
        // Every other round goes backwards: nobody always runs right after the same other one.
        let place = round.isMultiple(of: 2) ? index : contestants.count - 1 - index
        contestants[place].prepare()
        let began = now()
        try contestants[place].run(samplings[place].batch)
        samplings[place].add(now() - began)
      }
      round += 1
      if round >= leastRounds, samplings.allSatisfy({ $0.uncertainty <= precision }) { break }
      if now() - start > budget { break }
    }
    return samplings
  }

  /// Runs a contestant until it is warm; returns how many runs make one sample.
  private func warmUp(_ contestant: Contestant) throws -> Int {
    var batch = 1
    while true {
      contestant.prepare()
      let began = now()
      try contestant.run(batch)
      let passed = now() - began
      if passed >= leastSample || batch >= 1 << 24 { return batch }
      // Grows at most tenfold, since the first runs are slower than the later ones.
      let wanted = passed > 0 ? batch * leastSample / passed + 1 : batch * 10
      batch = min(max(wanted, batch + 1), batch * 10)
    }
  }
}

/// The times of one contestant.
struct Sampling: Equatable, Sendable {
  let name: String
  /// How many runs each sample was.
  let batch: Int
  /// Nanoseconds of one run in each sample, sorted.
  private(set) var times: [Double] = []

  init(name: String, batch: Int, times: [Double] = []) {
    self.name = name
    self.batch = batch
    self.times = times.sorted()
  }

  mutating func add(_ nanoseconds: Int) {
    let time = Double(nanoseconds) / Double(batch)
    times.insert(time, at: times.firstIndex { $0 > time } ?? times.count)
  }

  /// How often the code ran.
  var iterations: Int { times.count * batch }

  var median: Double { quantile(0.5) }
  var least: Double { times.first ?? 0 }

  /// The width of the middle half of the samples, as a part of the median.
  var spread: Double { median > 0 ? (quantile(0.75) - quantile(0.25)) / median : 0 }

  /// How far the true median may be off, as a part of it, by the order of the samples.
  var uncertainty: Double {
    guard times.count >= 2, median > 0 else { return .infinity }
    // The ranks between which the median lies in about 95 of 100 cases.
    let half = 0.98 * Double(times.count).squareRoot()
    let middle = Double(times.count - 1) / 2
    let low = times[max(0, Int((middle - half).rounded(.down)))]
    let high = times[min(times.count - 1, Int((middle + half).rounded(.up)))]
    return (high - low) / 2 / median
  }

  func quantile(_ part: Double) -> Double {
    guard !times.isEmpty else { return 0 }
    let place = part * Double(times.count - 1)
    let low = Int(place.rounded(.down))
    let high = min(low + 1, times.count - 1)
    return times[low] + (times[high] - times[low]) * (place - Double(low))
  }
}
