import SwaleEngine

/// What an aggregate keeps of each group while it goes over the rows.
protocol GroupFold {
  associatedtype State: BitwiseCopyable
  /// The state of a group without rows.
  var initial: State { get }
  func add(_ row: Int, of group: Int, to state: inout State)
  /// Adds the state of rows that come later.
  func merge(_ later: State, into state: inout State)
}

extension Groups {
  /// Returns the state of each group after all its rows in which the validity, where there is one, is set.
  ///
  /// Few groups are folded in shares of the rows whose states are merged; of many, each thread takes some
  /// and looks at all rows, in their order. Which it is does not depend on the number of threads.
  func fold<F: GroupFold>(_ fold: F, _ validity: Bitmap?, _ context: Context) throws -> Buffer<F.State> {
    let states = Buffer<F.State>(repeating: fold.initial, count: count)
    let shares = Parallel.shareCount(of: rowCount)
    if shares == 1 {
      try context.inParts(rowCount) { add($0, fold, validity, to: states.base) }
    } else if count * shares <= rowCount / 4 {
      let parts = (0..<shares).map {
        $0 == 0 ? states : Buffer<F.State>(repeating: fold.initial, count: count)
      }
      try Parallel.forEachShare(of: rowCount, context) { index, rows in
        add(rows, fold, validity, to: parts[index].base)
      }
      for part in parts.dropFirst() {
        for group in 0..<count { fold.merge(part.base[group], into: &states.base[group]) }
      }
    } else {
      try Parallel.forEach(Parallel.coreCount, context, worker: {}) { _, index in
        let mine = count * index / Parallel.coreCount..<count * (index + 1) / Parallel.coreCount
        add(fold, validity, to: states.base, only: mine)
      }
    }
    return states
  }

  @inline(__always) private func add<F: GroupFold>(
    _ rows: Range<Int>, _ fold: F, _ validity: Bitmap?, to states: UnsafeMutablePointer<F.State>
  ) {
    guard let ids else {
      // In registers, which memory that others might look at is not.
      var state = states[0]
      if let validity {
        for row in rows where validity[row] { fold.add(row, of: 0, to: &state) }
      } else {
        for row in rows { fold.add(row, of: 0, to: &state) }
      }
      states[0] = state
      return
    }
    if let validity {
      for row in rows where validity[row] {
        let group = Int(ids.base[row])
        fold.add(row, of: group, to: &states[group])
      }
    } else {
      for row in rows {
        let group = Int(ids.base[row])
        fold.add(row, of: group, to: &states[group])
      }
    }
  }

  /// Adds the rows of some of the groups.
  private func add<F: GroupFold>(
    _ fold: F, _ validity: Bitmap?, to states: UnsafeMutablePointer<F.State>, only mine: Range<Int>
  ) {
    guard let ids else { return add(0..<rowCount, fold, validity, to: states) }
    for row in 0..<rowCount {
      let group = Int(ids.base[row])
      if mine.contains(group), validity?[row] ?? true { fold.add(row, of: group, to: &states[group]) }
    }
  }
}

/// The number of rows.
struct CountFold: GroupFold {
  let initial = 0
  @inline(__always) func add(_ row: Int, of group: Int, to state: inout Int) { state &+= 1 }
  func merge(_ later: Int, into state: inout Int) { state &+= later }
}

/// The sum of ints, which cannot overflow on the way: the order of the items does not decide whether it fits.
struct IntSumFold: GroupFold {
  let items: Buffer<Int>
  let initial = Int128(0)
  @inline(__always) func add(_ row: Int, of group: Int, to state: inout Int128) {
    state &+= Int128(truncatingIfNeeded: items.base[row])
  }
  func merge(_ later: Int128, into state: inout Int128) { state &+= later }
}

/// The sum of floats, with what rounding loses, as the sum of a list has it.
struct FloatSumFold: GroupFold {
  let items: Buffer<Double>
  let initial = CompensatedSum()
  @inline(__always) func add(_ row: Int, of group: Int, to state: inout CompensatedSum) {
    state.add(items.base[row])
  }
  func merge(_ later: CompensatedSum, into state: inout CompensatedSum) { state.add(later) }
}

/// The sum of the squared differences of floats from the mean of their group: a pass of its own loses fewer
/// digits than sums of squares do.
struct SquaredDifferenceFold: GroupFold {
  let items: Buffer<Double>
  let means: Buffer<Double>
  let initial = CompensatedSum()
  @inline(__always) func add(_ row: Int, of group: Int, to state: inout CompensatedSum) {
    let difference = items.base[row] - means.base[group]
    state.add(difference * difference)
  }
  func merge(_ later: CompensatedSum, into state: inout CompensatedSum) { state.add(later) }
}

/// The row with the least or greatest key, of several the first.
struct ExtremeFold: GroupFold {
  struct Best: BitwiseCopyable {
    var key: UInt64
    /// -1 where there is none.
    var row: Int
  }
  /// Keys in the order of the items.
  let keys: Buffer<UInt64>
  let isMaximum: Bool
  let initial = Best(key: 0, row: -1)
  @inline(__always) func add(_ row: Int, of group: Int, to state: inout Best) {
    let key = keys.base[row]
    if state.row < 0 || (isMaximum ? key > state.key : key < state.key) { state = Best(key: key, row: row) }
  }
  func merge(_ later: Best, into state: inout Best) {
    if later.row >= 0, state.row < 0 || (isMaximum ? later.key > state.key : later.key < state.key) {
      state = later
    }
  }
}
