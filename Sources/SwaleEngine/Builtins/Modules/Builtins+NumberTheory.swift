extension Builtins {
  /// What `math` has for whole numbers.
  nonisolated(unsafe) static let numberTheory: [Builtin] = [
    Builtin(
      "gcd", module: "math", [.init("a", .int), .init("b", .int)],
      "Returns the greatest int that divides both; gcd(0, 0) is 0.", example: ("math.gcd(12, -18)", "6"),
      isElementwise: true
    ) { call in .int(try int(greatestCommonDivisor(call.int(0).magnitude, call.int(1).magnitude), "math.gcd"))
    },
    Builtin(
      "lcm", module: "math", [.init("a", .int), .init("b", .int)],
      "Returns the least positive int that both divide; 0 where one of them is 0.",
      example: ("math.lcm(4, 6)", "12"),
      isElementwise: true
    ) { call in
      let (a, b) = (call.int(0).magnitude, call.int(1).magnitude)
      if a == 0 || b == 0 { return .int(0) }
      let (product, overflow) = (a / greatestCommonDivisor(a, b)).multipliedReportingOverflow(by: b)
      return .int(try int(overflow ? .max : product, "math.lcm"))
    },
    Builtin(
      "factorial", module: "math", [.init("n", .int)],
      "Returns the product of the ints from 1 to n, n up to 20.",
      example: ("math.factorial(5)", "120"), isElementwise: true
    ) { call in
      let n = call.int(0)
      if n < 0 { throw SwaleError(.value, "math.factorial: \(n) is negative") }
      if n > 20 {
        throw SwaleError(
          .overflow, "math.factorial: \(n)! does not fit into 64 bits",
          hint: "math.gamma(n + 1) gives a float")
      }
      return .int(n < 2 ? 1 : (2...n).reduce(1, *))
    },
    Builtin(
      "binomial", module: "math", [.init("n", .int), .init("k", .int)],
      "Returns in how many ways k of n things can be chosen.", example: ("math.binomial(5, 2)", "10"),
      isElementwise: true
    ) { call in
      let (n, k) = (call.int(0), call.int(1))
      if n < 0 || k < 0 { throw SwaleError(.value, "math.binomial: n and k must not be negative") }
      if k > n { return .int(0) }
      let steps = Swift.min(k, n - k)
      var result: UInt = 1
      // At most some 60 steps: with more the result has long overflowed.
      for i in 0..<UInt(steps) {
        let (high, low) = result.multipliedFullWidth(by: UInt(n) - i)
        guard high < i + 1 else { throw tooLarge("math.binomial") }
        result = (i + 1).dividingFullWidth((high, low)).quotient
        if result > UInt(Int.max) { throw tooLarge("math.binomial") }
      }
      return .int(Int(result))
    },
    Builtin(
      "isqrt", module: "math", [.init("n", .int)], "Returns the square root of an int, rounded down.",
      example: ("math.isqrt(17)", "4"), isElementwise: true
    ) { call in
      let n = call.int(0)
      if n < 0 { throw SwaleError(.value, "math.isqrt: \(n) is negative") }
      var root = Int(Double(n).squareRoot())
      // The float is off by one at most.
      while root > 0, root > n / root { root -= 1 }
      while root + 1 <= n / (root + 1) { root += 1 }
      return .int(root)
    },
    Builtin(
      "is_prime", module: "math", [.init("n", .int)], "True for a prime number.",
      example: ("[1, 2, 9, 97] | where math.is_prime(.)", "[2, 97]"), isElementwise: true
    ) { call in .bool(isPrime(call.int(0))) },
  ]

  private static func greatestCommonDivisor(_ a: UInt, _ b: UInt) -> UInt {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  private static func int(_ number: UInt, _ name: String) throws -> Int {
    guard let result = Int(exactly: number) else { throw tooLarge(name) }
    return result
  }

  private static func tooLarge(_ name: String) -> SwaleError {
    SwaleError(.overflow, "\(name): the result does not fit into 64 bits")
  }

  /// The test of Miller and Rabin with the first twelve primes as bases, which is exact for 64 bits.
  private static func isPrime(_ number: Int) -> Bool {
    if number < 2 { return false }
    let n = UInt(number)
    let bases: [UInt] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    for base in bases where n % base == 0 { return n == base }
    let twos = (n - 1).trailingZeroBitCount
    let odd = (n - 1) >> UInt(twos)
    func product(_ a: UInt, _ b: UInt) -> UInt { n.dividingFullWidth(a.multipliedFullWidth(by: b)).remainder }
    candidates: for base in bases {
      var x: UInt = 1
      var (power, exponent) = (base % n, odd)
      while exponent > 0 {
        if exponent & 1 == 1 { x = product(x, power) }
        power = product(power, power)
        exponent >>= 1
      }
      if x == 1 || x == n - 1 { continue }
      for _ in 1..<Swift.max(twos, 1) {
        x = product(x, x)
        if x == n - 1 { continue candidates }
      }
      return false
    }
    return true
  }
}
