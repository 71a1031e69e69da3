import SwaleEngine

/// Figures of the last `n` items, missing until there are so many.
extension WindowFunction {
  func rollingSums(_ items: Column, _ n: Int, _ partition: Partition, _ context: Context) throws -> Column {
    switch items.data {
    case .ints(let ints) where items.type == .int || items.type == .duration:
      return try rollingInts(items, n, partition, context) { Int128(ints.base[$0]) }
    case .bools(let bools):
      return try rollingInts(items, n, partition, context) { bools.base[$0] ? 1 : 0 }
    case .strings, .codes, .ints:
      if items.nullCount == items.count { return .nulls(items.count, as: .float) }
      throw wrongType(items, needs: "numbers or durations")
    case .floats, .values:
      let numbers = try Aggregate.mean.numbers(items, name: rawValue).floats
      return try rollingFloats(items, numbers, n, partition, context)
    }
  }

  /// Adds what comes into the window and takes away what leaves it, in numbers of so many bits that nothing is lost.
  @inline(__always)
  private func rollingInts(
    _ items: Column, _ n: Int, _ partition: Partition, _ context: Context, _ item: (Int) -> Int128
  ) throws -> Column {
    let isMean = self == .rollingMean
    let isDuration = items.type == .duration
    let sums = Buffer<Int>(repeating: 0, count: isMean && !isDuration ? 0 : items.count)
    let means = Buffer<Double>(repeating: 0, count: isMean && !isDuration ? items.count : 0)
    var sum: Int128 = 0
    var start = 0
    let validity = try full(items, n, partition, context) { place, isFirst, isFull in
      if isFirst {
        sum = 0
        start = place
      }
      sum += item(place)
      if place &- start >= n { sum -= item(place &- n) }
      if !isFull { return }
      if isMean {
        let mean = Double(sum) / Double(n)
        if isDuration {
          sums.base[place] = Int(exactly: mean.rounded()) ?? (mean < 0 ? Int.min : Int.max)
        } else {
          means.base[place] = mean
        }
      } else {
        guard let total = Int(exactly: sum) else {
          throw SwaleError(
            .overflow, "rolling_sum: a sum is \(sum), which does not fit in 64 bits",
            hint: "float(x) has a larger range")
        }
        sums.base[place] = total
      }
    }
    return isMean && !isDuration
      ? Column(floats: means, validity: validity)
      : Column(ints: sums, as: isDuration ? .duration : .int, validity: validity)
  }

  /// Adds floats without ever taking one away, which would leave its rounding, or infinity, behind: each window is
  /// the end of one block of `n` items and the beginning of the next (van Herk, Gil and Werman).
  private func rollingFloats(
    _ items: Column, _ numbers: Buffer<Double>, _ n: Int, _ partition: Partition, _ context: Context
  ) throws -> Column {
    let heads = Buffer<Double>(uninitialized: items.count)
    let tails = Buffer<Double>(uninitialized: items.count)
    try partition.forEachGroup(context) { group in
      var start = group.lowerBound
      while start < group.upperBound {
        let end = min(group.upperBound, n > group.count ? group.upperBound : start &+ n)
        var sum = CompensatedSum()
        for place in start..<end {
          sum.add(numbers.base[place])
          heads.base[place] = sum.value
        }
        sum = CompensatedSum()
        for place in (start..<end).reversed() {
          sum.add(numbers.base[place])
          tails.base[place] = sum.value
        }
        start = end
      }
    }
    let result = Buffer<Double>(repeating: 0, count: items.count)
    var start = 0
    let validity = try full(items, n, partition, context) { place, isFirst, isFull in
      if isFirst { start = place }
      if !isFull { return }
      let isBlock = (place &- start &+ 1) % n == 0
      let sum = isBlock ? heads.base[place] : tails.base[place &- n &+ 1] + heads.base[place]
      result.base[place] = self == .rollingMean ? sum / Double(n) : sum
    }
    return Column(floats: result, validity: validity)
  }

  /// Keeps the items of the window that may yet be the extreme, best first.
  func rollingExtremes(
    _ items: Column, _ n: Int, _ partition: Partition, _ context: Context, isMaximum: Bool
  ) throws -> Column {
    let precedes = try items.precedence(context)
    let rows = Buffer<Int>(repeating: -1, count: items.count)
    let candidates = Buffer<Int>(uninitialized: items.count)
    var (first, end) = (0, 0)
    _ = try full(items, n, partition, context) { place, isFirst, isFull in
      if isFirst { (first, end) = (0, 0) }
      if items.isNull(place) { return }
      while first < end {
        let last = candidates.base[end &- 1]
        guard try isMaximum ? precedes(last, place) : precedes(place, last) else { break }
        end &-= 1
      }
      candidates.base[end] = place
      end &+= 1
      while candidates.base[first] <= place &- n { first &+= 1 }
      if isFull { rows.base[place] = candidates.base[first] }
    }
    return try items.gather(rows, context)
  }

  /// Calls `body` with each place, whether a group begins there and whether the window that ends there is full, and
  /// returns which are.
  @inline(__always)
  private func full(
    _ items: Column, _ n: Int, _ partition: Partition, _ context: Context,
    _ body: (_ place: Int, _ isFirst: Bool, _ isFull: Bool) throws -> Void
  ) throws -> Bitmap? {
    let validity = Bitmap(repeating: true, count: items.count)
    // How many items there are in a row.
    var run = 0
    try partition.forEachPlace(context) { place, isFirst in
      if isFirst { run = 0 }
      run = items.isNull(place) ? 0 : run &+ 1
      if run < n { validity.clear(place) }
      try body(place, isFirst, run >= n)
    }
    return validity.ifPartial
  }
}
