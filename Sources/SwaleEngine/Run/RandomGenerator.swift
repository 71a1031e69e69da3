import Glibc

/// The generator xoshiro256** of Blackman and Vigna, whose state is filled by splitmix64 from a seed.
///
/// The numbers that a seed gives are part of the language: they stay the same on all machines.
public struct RandomGenerator: RandomNumberGenerator {
  // All zeros is no valid state: it stands for a generator that was not seeded yet.
  private var state: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// Makes a generator that the system seeds when the first number is asked for.
  public init() {}

  public init(seed: Int) {
    var word = UInt64(bitPattern: Int64(seed))
    func next() -> UInt64 {
      word &+= 0x9E37_79B9_7F4A_7C15
      var z = word
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
    state = (next(), next(), next(), next())
  }

  public mutating func next() -> UInt64 {
    if state == (0, 0, 0, 0) { seedFromSystem() }
    let result = RandomGenerator.rotated(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = RandomGenerator.rotated(state.3, 45)
    return result
  }

  /// Returns a generator whose numbers have nothing to do with those that follow from this one.
  public mutating func split() -> RandomGenerator { RandomGenerator(seed: Int(bitPattern: UInt(next()))) }

  private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word << count | word >> (64 - count)
  }

  private mutating func seedFromSystem() {
    var system = SystemRandomNumberGenerator()
    self = RandomGenerator(seed: Int(bitPattern: UInt(system.next())))
  }

  // MARK: Numbers

  /// Returns a float from 0 up to but not including 1, one of the 2^53 that are evenly spaced.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Returns one of `count` numbers from 0, all equally likely; 0 stands for 2^64.
  public mutating func below(_ count: UInt64) -> UInt64 {
    if count == 0 { return next() }
    // Lemire's method: the high half of a product, rejecting the few low halves that come too often.
    var product = next().multipliedFullWidth(by: count)
    if product.low < count {
      let threshold = (0 &- count) % count
      while product.low < threshold { product = next().multipliedFullWidth(by: count) }
    }
    return product.high
  }

  /// Returns an int from `low` to `high`, both included.
  public mutating func int(_ low: Int, _ high: Int) -> Int {
    low &+ Int(bitPattern: UInt(below(UInt64(UInt(bitPattern: high &- low)) &+ 1)))
  }

  /// Returns a float of the standard normal distribution, by the method of Box and Muller.
  public mutating func normal() -> Double {
    // From above 0 up to 1: the logarithm of 0 is not finite.
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }
}
