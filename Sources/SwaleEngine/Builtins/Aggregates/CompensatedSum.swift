/// A sum of floats that keeps what rounding loses (Neumaier's variant of Kahan's summation).
public struct CompensatedSum: BitwiseCopyable {
  @usableFromInline var sum = 0.0
  @usableFromInline var lost = 0.0

  @inlinable public init() {}

  @inlinable public mutating func add(_ value: Double) {
    let next = sum + value
    lost += sum.magnitude >= value.magnitude ? (sum - next) + value : (value - next) + sum
    sum = next
  }

  /// Adds another sum with what it has lost.
  @inlinable public mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    lost += other.lost
  }

  /// The sum; infinities and nan as plain addition gives them.
  @inlinable public var value: Double {
    let result = sum + lost
    return result.isNaN ? sum : result
  }
}
