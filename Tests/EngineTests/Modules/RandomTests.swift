import Testing

@testable import SwaleEngine

@Suite struct RandomTests {
  /// The numbers of a seed, computed by the published reference code of xoshiro256** and splitmix64.
  @Test func reference() {
    var generator = RandomGenerator(seed: 42)
    #expect((0..<3).map { _ in generator.int(1, 100) } == [9, 38, 69])
    #expect(generator.unit() == 0.9246929453253876)
  }

  @Test func distribution() {
    var generator = RandomGenerator(seed: 1)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[Int(generator.below(7))] += 1 }
    for count in counts { #expect((9_500...10_500).contains(count)) }
    let normals = (0..<100_000).map { _ in generator.normal() }
    #expect((normals.reduce(0, +) / 100_000).magnitude < 0.02)
    #expect((normals.reduce(0) { $0 + $1 * $1 } / 100_000 - 1).magnitude < 0.03)
  }

  @Test func ends() {
    var generator = RandomGenerator(seed: 3)
    for _ in 0..<100 {
      #expect((.max - 1 ... .max).contains(generator.int(.max - 1, .max)))
      _ = generator.int(.min, .max)
      #expect(generator.int(5, 5) == 5)
    }
    #expect(
      Evaluation("random.seed(3); let a = random.shuffle(1...20); len(set(a)) == 20 and a != list(1...20)")
        .value == "true")
    #expect(Evaluation("let xs = [1, 2, 3]; random.shuffle(xs); xs").value == "[1, 2, 3]")
    #expect(Evaluation("random.int(1, 6, count: 1000) | all(1 <= . and . <= 6)").value == "true")
  }
}
