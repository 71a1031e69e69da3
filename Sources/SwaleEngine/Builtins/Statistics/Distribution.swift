import Glibc

/// Distribution functions.
enum Distribution {
  /// The share of a standard normal distribution below x.
  static func normal(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  /// The number below which a share of a standard normal distribution lies, by Newton's method.
  static func normalQuantile(_ share: Double) -> Double {
    if share <= 0 { return -.infinity }
    if share >= 1 { return .infinity }
    if share == 0.5 { return 0 }
    // From the tail that is smaller, where the floats are denser.
    let tail = min(share, 1 - share)
    let t = (-2 * log(tail)).squareRoot()
    // The approximation of Hastings is off by less than 0.00045.
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var x = numerator / denominator - t
    for _ in 0..<4 {
      let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
      if density == 0 { break }
      // Halley's step, which takes the bend into account.
      let step = (normal(x) - tail) / density
      x -= step / (1 + x * step / 2)
    }
    return share < 0.5 ? x : -x
  }

  /// The chance that Student's t with `freedom` degrees of freedom is at least as far from 0 as `t`.
  static func twoSidedT(_ t: Double, freedom: Double) -> Double {
    if t.isNaN || freedom.isNaN { return .nan }
    if t.isInfinite { return 0 }
    return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
  }

  /// The regularised incomplete beta function, by a continued fraction that is evaluated after Lentz.
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // On the other side of the bulk the fraction converges slowly; there is a symmetry.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    let tiny = 1e-300
    func guarded(_ number: Double) -> Double { number.magnitude < tiny ? tiny : number }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = d
    for i in 1...500 {
      let m = Double(i)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      let change = d * c
      result *= change
      if (change - 1).magnitude < 1e-16 { break }
    }
    return front * result
  }
}
