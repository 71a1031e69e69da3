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

  /// The width of the middle half of the samples, as a part of the median; nil for a single sample.
  var spread: Double? {
    times.count > 1 && median > 0 ? (quantile(0.75) - quantile(0.25)) / median : nil
  }

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
