/// Times several ways to do the same, by turns, until the figures are stable.
struct Bench {
  /// One of the ways: runs the code a number of times.
  struct Contestant {
    var name: String
    /// How many nanoseconds the first run took, which was made before; nil where none was.
    var firstRun: Int?
    var run: (_ times: Int) throws -> Void
  }

  /// The clock, in nanoseconds.
  var now: () -> Int = Stopwatch.now
  /// After this many nanoseconds no further round begins, once there are a few.
  var budget = 3_000_000_000
  /// After this many no further round begins in any case.
  var patience = 8_000_000_000
  /// Runs shorter than this are measured several at a time.
  var leastSample = 1_000_000
  /// The figures are stable when the middle is known this well.
  var precision = 0.01
  var leastRounds = 7
  /// So many are made even where they take longer than the budget.
  var fewRounds = 3
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
        let began = now()
        try contestants[place].run(samplings[place].batch)
        samplings[place].add(now() - began)
      }
      round += 1
      if round >= leastRounds, samplings.allSatisfy({ $0.uncertainty <= precision }) { break }
      let passed = now() - start
      if passed > patience || passed > budget && round >= fewRounds { break }
    }
    return samplings
  }

  /// Runs a contestant until it is warm; returns how many runs make one sample.
  private func warmUp(_ contestant: Contestant) throws -> Int {
    var batch = 1
    // One run was enough where it took so long that it says all.
    if let first = contestant.firstRun, first > budget / 10 { return batch }
    while true {
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
