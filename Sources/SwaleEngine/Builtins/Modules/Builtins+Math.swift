import Glibc

extension Builtins {
  /// The module `math`.
  ///
  /// Its functions of floats follow IEEE: outside of where they are defined they give nan or an infinity.
  nonisolated(unsafe) static let math: [Builtin] =
    trigonometry + exponentials + roundings + numberTheory + numberTests

  /// The constants of `math`.
  static func installMathConstants() {
    install(constant: "pi", of: "math", .float(.pi))
    install(constant: "tau", of: "math", .float(2 * .pi))
    install(constant: "e", of: "math", .float(M_E))
    install(constant: "inf", of: "math", .float(.infinity))
    install(constant: "nan", of: "math", .float(.nan))
    install(constant: "max_int", of: "math", .int(.max))
    install(constant: "min_int", of: "math", .int(.min))
  }

  nonisolated(unsafe) private static let trigonometry: [Builtin] = [
    real("sin", "Returns the sine of an angle in radians.", ("math.sin(0)", "0.0"), Glibc.sin),
    real("cos", "Returns the cosine of an angle in radians.", ("math.cos(0)", "1.0"), Glibc.cos),
    real("tan", "Returns the tangent of an angle in radians.", ("math.tan(0)", "0.0"), Glibc.tan),
    real(
      "asin",
      "Returns the angle in radians whose sine is x, from -pi/2 to pi/2; nan where x is not from -1 to 1.",
      ("math.asin(1) == math.pi / 2", "true"), Glibc.asin),
    real(
      "acos",
      "Returns the angle in radians whose cosine is x, from 0 to pi; nan where x is not from -1 to 1.",
      ("math.acos(1)", "0.0"), Glibc.acos),
    real(
      "atan", "Returns the angle in radians whose tangent is x, from -pi/2 to pi/2.",
      ("math.atan(1) * 4 == math.pi", "true"), Glibc.atan),
    Builtin(
      "atan2", module: "math", [.init("y", .number), .init("x", .number)],
      "Returns the angle in radians of the point (x, y), from -pi to pi.",
      example: ("math.atan2(1, 0) == math.pi / 2", "true"), isElementwise: true
    ) { call in .float(Glibc.atan2(call.double(0), call.double(1))) },
    real("sinh", "Returns the hyperbolic sine.", ("math.sinh(0)", "0.0"), Glibc.sinh),
    real("cosh", "Returns the hyperbolic cosine.", ("math.cosh(0)", "1.0"), Glibc.cosh),
    real("tanh", "Returns the hyperbolic tangent.", ("math.tanh(0)", "0.0"), Glibc.tanh),
    real(
      "degrees", "Returns an angle in radians as degrees.", ("math.degrees(math.pi)", "180.0")
    ) { $0 * (180 / .pi) },
    real(
      "radians", "Returns an angle in degrees as radians.", ("math.radians(180) == math.pi", "true")
    ) { $0 * (.pi / 180) },
    Builtin(
      "hypot", module: "math", [.init("x", .number), .init("y", .number)],
      "Returns the length of the hypotenuse, sqrt(x ** 2 + y ** 2), without overflow on the way.",
      example: ("math.hypot(3, 4)", "5.0"), isElementwise: true
    ) { call in .float(Glibc.hypot(call.double(0), call.double(1))) },
  ]

  nonisolated(unsafe) private static let exponentials: [Builtin] = [
    real("exp", "Returns e to the power of x.", ("math.exp(0)", "1.0"), Glibc.exp),
    Builtin(
      "log", module: "math", [.init("x", .number), .optional("base", .number)],
      "Returns the natural logarithm, or the one to a base; -inf for 0 and nan for a negative number.",
      example: ("[math.log(1), math.log(8, base: 2)]", "[0.0, 3.0]"), isElementwise: true
    ) { call in
      let x = call.double(0)
      if call.isNull(1) { return .float(Glibc.log(x)) }
      let base = call.double(1)
      // The library is exact for powers of these two.
      if base == 2 { return .float(Glibc.log2(x)) }
      if base == 10 { return .float(Glibc.log10(x)) }
      return .float(Glibc.log(x) / Glibc.log(base))
    },
    real("log2", "Returns the logarithm to base 2.", ("math.log2(1024)", "10.0"), Glibc.log2),
    real("log10", "Returns the logarithm to base 10.", ("math.log10(1000)", "3.0"), Glibc.log10),
    real("log1p", "Returns log(1 + x), exact for small x too.", ("math.log1p(0)", "0.0"), Glibc.log1p),
    real("expm1", "Returns exp(x) - 1, exact for small x too.", ("math.expm1(0)", "0.0"), Glibc.expm1),
    real("sqrt", "Returns the square root; nan for a negative number.", ("math.sqrt(2) ** 2 > 2", "true")) {
      $0.squareRoot()
    },
    real("cbrt", "Returns the cube root.", ("math.cbrt(-27)", "-3.0")) { x in
      let root = Glibc.cbrt(x)
      if root == 0 || !root.isFinite { return root }
      // The library may be off by one unit in the last place, where cubes of whole numbers should be exact.
      return root - (root * root * root - x) / (3 * root * root)
    },
    Builtin(
      "pow", module: "math", [.init("x", .number), .init("y", .number)],
      "Returns x to the power of y as a float; `**` keeps ints.", example: ("math.pow(2, 10)", "1024.0"),
      isElementwise: true
    ) { call in .float(Glibc.pow(call.double(0), call.double(1))) },
    real(
      "gamma", "Returns the gamma function, (x - 1)! for whole x.", ("math.gamma(5)", "24.0"), Glibc.tgamma),
    real("erf", "Returns the error function.", ("math.erf(0)", "0.0"), Glibc.erf),
  ]

  nonisolated(unsafe) private static let roundings: [Builtin] = [
    rounding("floor", "Returns the greatest int that is not greater.", ("math.floor(-1.5)", "-2"), .down),
    rounding("ceil", "Returns the least int that is not less.", ("math.ceil(-1.5)", "-1"), .up),
    rounding("trunc", "Returns the int without the fraction.", ("math.trunc(-1.5)", "-1"), .towardZero),
    Builtin(
      "sign", module: "math", [.init("x", .number)],
      "Returns -1, 0 or 1 as a number is negative, zero or positive; nan for nan.",
      example: ("math.sign(-2.5)", "-1"), isElementwise: true
    ) { call in
      switch call[0] {
      case .int(let value): return .int(value.signum())
      default:
        let value = call.double(0)
        return value.isNaN ? .float(.nan) : .int(value > 0 ? 1 : value < 0 ? -1 : 0)
      }
    },
    Builtin(
      "clamp", module: "math", [.init("x", .number), .init("low", .number), .init("high", .number)],
      "Returns x, or the nearer end where it lies outside of low to high.",
      example: ("math.clamp(12, 0, 10)", "10"), isElementwise: true
    ) { call in
      let (low, high) = (call.double(1), call.double(2))
      guard low <= high else {
        throw SwaleError(
          .value, "math.clamp: low is \(call[1].displayString), which is not up to \(call[2].displayString)")
      }
      if case (.int(let x), .int(let least), .int(let most)) = (call[0], call[1], call[2]) {
        return .int(Swift.min(Swift.max(x, least), most))
      }
      let x = call.double(0)
      return x < low ? call[1] : x > high ? call[2] : call[0]
    },
  ]

  nonisolated(unsafe) private static let numberTests: [Builtin] = [
    test("is_nan", "True for the float that is not a number.", ("math.is_nan(math.nan)", "true")) {
      $0.isNaN
    },
    test("is_inf", "True for both infinities.", ("math.is_inf(-math.inf)", "true")) { $0.isInfinite },
    test("is_finite", "True for a number that is neither infinite nor nan.", ("math.is_finite(1)", "true")) {
      $0.isFinite
    },
  ]

  /// Declares a function from float to float.
  private static func real(
    _ name: String, _ summary: String, _ example: (code: String, result: String),
    _ function: @escaping (Double) -> Double
  ) -> Builtin {
    Builtin(name, module: "math", [.init("x", .number)], summary, example: example, isElementwise: true) {
      call in
      .float(function(call.double(0)))
    }
  }

  private static func rounding(
    _ name: String, _ summary: String, _ example: (code: String, result: String),
    _ rule: FloatingPointRoundingRule
  ) -> Builtin {
    Builtin(name, module: "math", [.init("x", .number)], summary, example: example, isElementwise: true) {
      call in
      if case .float(let value) = call[0] { return .int(try Rounding.int(value, rule)) }
      return call[0]
    }
  }

  private static func test(
    _ name: String, _ summary: String, _ example: (code: String, result: String),
    _ function: @escaping (Double) -> Bool
  ) -> Builtin {
    Builtin(name, module: "math", [.init("x", .number)], summary, example: example, isElementwise: true) {
      call in
      if case .float(let value) = call[0] { return .bool(function(value)) }
      return .bool(function(0))
    }
  }
}
