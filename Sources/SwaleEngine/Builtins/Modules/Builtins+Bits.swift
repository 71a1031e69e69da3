extension Builtins {
  /// The module `bits`: ints as 64 bits in two's complement.
  nonisolated(unsafe) static let bits: [Builtin] = [
    pair("and", "Returns the bits that are set in both.", ("bits.and(0b1100, 0b1010)", "8")) { $0 & $1 },
    pair("or", "Returns the bits that are set in one or both.", ("bits.or(0b1100, 0b1010)", "14")) {
      $0 | $1
    },
    pair("xor", "Returns the bits that are set in exactly one.", ("bits.xor(0b1100, 0b1010)", "6")) {
      $0 ^ $1
    },
    single("not", "Returns all bits turned around.", ("bits.not(0)", "-1")) { ~$0 },
    shift(
      "shl", "Returns the bits moved up by n; what leaves the 64 bits is lost.", ("bits.shl(1, 10)", "1024")
    ) {
      $0 << $1
    },
    shift("shr", "Returns the bits moved down by n, keeping the sign.", ("bits.shr(-8, 1)", "-4")) {
      $0 >> $1
    },
    shift(
      "shr_unsigned", "Returns the bits moved down by n, filled up with zeros.",
      ("bits.shr_unsigned(-1, 60)", "15")
    ) { Int(bitPattern: UInt(bitPattern: $0) >> UInt($1)) },
    shift(
      "rotate_left", "Returns the bits moved up by n; what leaves at the top comes in below.",
      ("bits.rotate_left(-2, 1)", "-3")
    ) { bits, n in
      let word = UInt(bitPattern: bits)
      return Int(bitPattern: word << UInt(n & 63) | word >> UInt((64 - n & 63) & 63))
    },
    pair(
      "wrapping_add", "Returns the sum, wrapped around to 64 bits.",
      ("bits.wrapping_add(math.max_int, 1) == math.min_int", "true")
    ) { $0 &+ $1 },
    pair(
      "wrapping_sub", "Returns the difference, wrapped around to 64 bits.",
      ("bits.wrapping_sub(math.min_int, 1) == math.max_int", "true")
    ) { $0 &- $1 },
    pair(
      "wrapping_mul", "Returns the product, wrapped around to 64 bits.",
      ("bits.wrapping_mul(math.max_int, 2)", "-2")
    ) { $0 &* $1 },
    single("count", "Returns how many bits are set.", ("bits.count(0b1011)", "3")) { $0.nonzeroBitCount },
    single(
      "leading_zeros", "Returns how many zero bits are above the highest set bit.",
      ("bits.leading_zeros(1)", "63")
    ) { $0.leadingZeroBitCount },
    single(
      "trailing_zeros", "Returns how many zero bits are below the lowest set bit.",
      ("bits.trailing_zeros(8)", "3")
    ) { $0.trailingZeroBitCount },
  ]

  private static func single(
    _ name: String, _ summary: String, _ example: (code: String, result: String),
    _ function: @escaping (Int) -> Int
  ) -> Builtin {
    Builtin(name, module: "bits", [.init("x", .int)], summary, example: example, isElementwise: true) {
      call in
      .int(function(call.int(0)))
    }
  }

  private static func pair(
    _ name: String, _ summary: String, _ example: (code: String, result: String),
    _ function: @escaping (Int, Int) -> Int
  ) -> Builtin {
    Builtin(
      name, module: "bits", [.init("x", .int), .init("y", .int)], summary, example: example,
      isElementwise: true
    ) {
      call in .int(function(call.int(0), call.int(1)))
    }
  }

  /// Declares a function of bits and how far to move them, which is not negative.
  private static func shift(
    _ name: String, _ summary: String, _ example: (code: String, result: String),
    _ function: @escaping (Int, Int) -> Int
  ) -> Builtin {
    Builtin(
      name, module: "bits", [.init("x", .int), .init("n", .int)], summary, example: example,
      isElementwise: true
    ) {
      call in
      let n = call.int(1)
      if n < 0 {
        throw SwaleError(
          .value, "bits.\(name): cannot move bits by \(n)",
          hint: name == "shl" ? "bits.shr moves them down" : name == "shr" ? "bits.shl moves them up" : nil)
      }
      return .int(function(call.int(0), n))
    }
  }
}
