extension Builtins {
  /// What `stats` has for two lists.
  nonisolated(unsafe) static let relations: [Builtin] = [
    Builtin(
      "linreg", module: "stats", [.init("x", Samples.types), .init("y", Samples.types)],
      """
      Returns the line through points that is nearest by least squares, as a record.
      It holds slope, intercept, r2, the standard error of the slope, its two-sided p value, and n; pairs \
      of which one is
      null are left out.
      """,
      example: (
        "let r = stats.linreg([1, 2, 3], [2, 4, 6]); [r.slope, r.intercept, r.r2]", "[2.0, 0.0, 1.0]"
      )
    ) { call in
      let (x, y) = try Samples.pairs(call, 0, 1, "linreg")
      let n = Double(x.count)
      if x.count < 2 {
        throw SwaleError(.value, "stats.linreg needs at least two points, but there are \(x.count)")
      }
      try call.context.tick(x.count)
      let (xx, xy, yy) = (Samples.comoment(x, x), Samples.comoment(x, y), Samples.comoment(y, y))
      if xx == 0 { throw SwaleError(.value, "stats.linreg: all x are the same, so that no line has a slope") }
      let slope = xy / xx
      let intercept = Aggregation.mean(y) - slope * Aggregation.mean(x)
      // Rounding may carry what is left below zero.
      let residual = Swift.max(0, yy - slope * xy)
      let r2 = yy == 0 ? nil : 1 - residual / yy
      let error = x.count > 2 ? (residual / (n - 2) / xx).squareRoot() : nil
      let p = error.map {
        $0 == 0 ? (slope == 0 ? 1 : 0) : Distribution.twoSidedT(slope / $0, freedom: n - 2)
      }
      return .record(
        RecordStorage([
          "slope": .float(slope), "intercept": .float(intercept), "r2": .optional(r2),
          "stderr": .optional(error),
          "p": .optional(p), "n": .int(x.count),
        ]))
    },
    Builtin(
      "covariance", module: "stats", [.init("x", Samples.types), .init("y", Samples.types)],
      "Returns the covariance (n - 1); null of fewer than two pairs.",
      example: ("stats.covariance([1, 2, 3], [2, 4, 6])", "2.0")
    ) { call in
      let (x, y) = try Samples.pairs(call, 0, 1, "covariance")
      return .optional(x.count < 2 ? nil : Samples.comoment(x, y) / Double(x.count - 1))
    },
    Builtin(
      "spearman", module: "stats", [.init("x", Samples.types), .init("y", Samples.types)],
      "Returns the correlation of the ranks; null of fewer than two pairs, or where one side does not vary.",
      example: ("stats.spearman([1, 2, 3, 4], [1, 8, 27, 64])", "1.0")
    ) { call in
      let (x, y) = try Samples.pairs(call, 0, 1, "spearman")
      try call.context.tick(x.count)
      let (a, b) = (try Samples.ranks(x, call.context), try Samples.ranks(y, call.context))
      let spread = (Samples.comoment(a, a) * Samples.comoment(b, b)).squareRoot()
      return .optional(spread == 0 || x.count < 2 ? nil : Samples.comoment(a, b) / spread)
    },
    Builtin(
      "t_test", module: "stats", [.init("a", Samples.types), .init("b", Samples.types)],
      """
      Returns Welch's test of whether two samples have the same mean: t, degrees of freedom, two-sided p, \
      difference.
      """,
      example: ("let r = stats.t_test([1, 2, 3], [1, 2, 3]); [r.t, r.p, r.difference]", "[0.0, 1.0, 0.0]")
    ) { call in
      let (a, b) = (try Samples.numbers(call, 0, "t_test"), try Samples.numbers(call, 1, "t_test"))
      guard let varianceA = try Aggregation.variance(a, call.context),
        let varianceB = try Aggregation.variance(b, call.context)
      else { throw SwaleError(.value, "stats.t_test needs at least two numbers on each side") }
      let (shareA, shareB) = (varianceA / Double(a.count), varianceB / Double(b.count))
      let total = shareA + shareB
      let difference = Aggregation.mean(a) - Aggregation.mean(b)
      if total == 0 { throw SwaleError(.value, "stats.t_test: neither side varies") }
      let t = difference / total.squareRoot()
      let freedom =
        total * total / (shareA * shareA / Double(a.count - 1) + shareB * shareB / Double(b.count - 1))
      return .record(
        RecordStorage([
          "t": .float(t), "df": .float(freedom), "p": .float(Distribution.twoSidedT(t, freedom: freedom)),
          "difference": .float(difference),
        ]))
    },
  ]

  /// Distribution functions of `stats`.
  nonisolated(unsafe) static let distributions: [Builtin] = [
    Builtin(
      "normal_cdf", module: "stats",
      [
        .init("x", .number), .init("mean", .number, default: .float(0)),
        .init("std", .number, default: .float(1)),
      ], "Returns the share of a normal distribution that lies below x.",
      example: ("stats.normal_cdf(100, 100, 15)", "0.5"), isElementwise: true
    ) { call in
      let (mean, deviation) = try parameters(call, "normal_cdf")
      return .float(Distribution.normal((call.double(0) - mean) / deviation))
    },
    Builtin(
      "normal_quantile", module: "stats",
      [
        .init("share", .number), .init("mean", .number, default: .float(0)),
        .init("std", .number, default: .float(1)),
      ], "Returns the number below which a share of a normal distribution lies.",
      example: ("round(stats.normal_quantile(0.975), 6)", "1.959964"), isElementwise: true
    ) { call in
      let (mean, deviation) = try parameters(call, "normal_quantile")
      let share = call.double(0)
      guard share >= 0, share <= 1 else {
        throw SwaleError(
          .value, "stats.normal_quantile: a share is from 0 to 1, not \(call[0].displayString)")
      }
      return .float(mean + deviation * Distribution.normalQuantile(share))
    },
  ]

  private static func parameters(_ call: Call, _ name: String) throws -> (mean: Double, deviation: Double) {
    let deviation = call.double(2)
    guard deviation > 0 else {
      throw SwaleError(.value, "stats.\(name): std must be positive, not \(call[2].displayString)")
    }
    return (call.double(1), deviation)
  }
}
