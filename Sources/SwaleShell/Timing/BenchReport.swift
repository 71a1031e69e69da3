import SwaleEngine

/// What a measurement of both engines found, for a person or as JSON.
struct BenchReport: Equatable {
  /// A place where the compiler fell back on what the interpreter does.
  struct General: Equatable, Sendable {
    /// `line:column`, with the file before it where there is one.
    var place: String
    var reason: String
  }

  var samplings: [Sampling]
  /// Compiled, with one worker, two, and so on; empty where the program has no tasks.
  var scaling: [Sampling] = []
  /// Nanoseconds that compiling took, once; nil where nothing was compiled.
  var compileTime: Double?
  /// How the results of the engines differ; nil if they are equal.
  var difference: String?
  /// False if a single engine does not give the same twice, so that there is nothing to compare.
  var isSteady = true
  /// The names that the program changes; each run starts with their values as they were.
  var changedNames: [String] = []
  var general: [General] = []
  /// How many places there are of which `general` names the first.
  var generalCount = 0

  private static let barWidth = 40

  func lines(isColored: Bool) -> [String] {
    var lines = figures(samplings, isColored)
    if let verdict = verdict(samplings) { lines.append(Style.bold.paint(verdict, when: isColored)) }
    lines.append("")
    if !scaling.isEmpty {
      lines += figures(scaling, isColored)
      if let verdict = verdict(scaling) { lines.append(Style.bold.paint(verdict, when: isColored)) }
      lines.append("")
    }
    if let compileTime {
      lines.append("compiled in \(Quantity.duration(nanoseconds: compileTime))")
    }
    if let difference {
      lines.append(Style.error.paint("the results differ: ", when: isColored) + difference)
    } else {
      lines.append(
        isSteady
          ? "both results are equal" : "the results were not compared: no two runs give the same")
    }
    if !changedNames.isEmpty {
      let names = changedNames.joined(separator: ", ")
      lines.append("each run starts with \(names) as before; the first change of each copies it")
    }
    lines += generalLines
    return lines
  }

  /// The figures of contestants, and below them a bar for each.
  private func figures(_ samplings: [Sampling], _ isColored: Bool) -> [String] {
    var lines: [String] = []
    let slowest = samplings.map(\.median).max() ?? 0
    let nameWidth = samplings.map(\.name.count).max() ?? 0
    for sampling in samplings {
      let figures = [
        ("median ", sampling.median), ("min ", sampling.least),
      ].map { $0 + left(Quantity.duration(nanoseconds: $1), 7) }
      lines.append(
        right(sampling.name, nameWidth) + "  " + figures.joined(separator: "   ")
          + "   spread " + left(sampling.spread.map(Quantity.percent) ?? "-", 5)
          + "   " + TableRenderer.count(sampling.iterations, "run"))
    }
    lines.append("")
    for sampling in samplings where slowest > 0 {
      let bar = BenchReport.bar(sampling.median / slowest)
      lines.append(
        right(sampling.name, nameWidth) + "  "
          + Style.good.paint(bar, when: isColored) + " "
          + Quantity.duration(nanoseconds: sampling.median))
    }
    return lines
  }

  /// How many times faster the last contestant is than the first.
  var ratio: Double? { BenchReport.ratio(samplings) }

  private static func ratio(_ samplings: [Sampling]) -> Double? {
    guard let first = samplings.first, let last = samplings.last, last.median > 0 else { return nil }
    return first.median / last.median
  }

  private func verdict(_ samplings: [Sampling]) -> String? {
    guard samplings.count > 1, let ratio = BenchReport.ratio(samplings), let first = samplings.first,
      let last = samplings.last
    else { return nil }
    // Medians that may be off by more than they differ say nothing.
    let doubt = [first, last].map { $0.uncertainty.isFinite ? $0.uncertainty : 0 }.reduce(0.005, +)
    func isFaster(_ name: String, _ factor: Double) -> String {
      "\(name) \(name.hasSuffix("workers") ? "are" : "is") \(Quantity.factor(factor)) times as fast"
    }
    if ratio >= 1 + doubt { return isFaster(last.name, ratio) }
    if 1 / ratio >= 1 + doubt { return isFaster(first.name, 1 / ratio) }
    return "both are equally fast, as far as can be told"
  }

  private var generalLines: [String] {
    guard generalCount > 0 else {
      return samplings.isEmpty ? [] : ["everything was compiled to special forms"]
    }
    var lines = ["left general:"]
    lines += general.map { "  \($0.place): \($0.reason)" }
    if generalCount > general.count { lines.append("  … \(generalCount - general.count) more") }
    return lines
  }

  /// Returns a bar for a part of the whole, in eighths of a column.
  private static func bar(_ part: Double) -> String {
    let eighths = max(1, Int((part * Double(barWidth) * 8).rounded()))
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + rest
  }

  private func left(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func right(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  // MARK: JSON

  /// The findings for programs, times in nanoseconds.
  var record: Value {
    let places = general.map { place -> Value in
      .record(RecordStorage(["place": .text(place.place), "reason": .text(place.reason)]))
    }
    return .record(
      RecordStorage([
        "engines": figures(samplings), "workers": figures(scaling), "ratio": ratio.map(Value.float) ?? .null,
        "compile_ns": compileTime.map(Value.float) ?? .null,
        "equal": isSteady ? .bool(difference == nil) : .null,
        "difference": difference.map(Value.text) ?? .null,
        "changed": .list(ListStorage(changedNames.map(Value.text))),
        "general": .list(ListStorage(places)), "general_count": .int(generalCount),
      ]))
  }

  private func figures(_ samplings: [Sampling]) -> Value {
    let result = RecordStorage()
    for sampling in samplings {
      let figures: KeyValuePairs<String, Value> = [
        "median_ns": .float(sampling.median), "min_ns": .float(sampling.least),
        "spread": sampling.spread.map(Value.float) ?? .null, "iterations": .int(sampling.iterations),
        "samples": .int(sampling.times.count),
      ]
      try? result.set(.text(sampling.name), .record(RecordStorage(figures)))
    }
    return .record(result)
  }

  /// Returns the findings as JSON on one line.
  func json(_ context: Context) throws -> String {
    var writer = JSONWriter(context)
    try writer.write(record)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
