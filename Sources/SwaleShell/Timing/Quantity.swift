/// Figures in units that a person reads easily, with three digits that count.
enum Quantity {
  static func duration(nanoseconds: Double) -> String {
    let units: [(String, Double)] = [("ns", 1), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)]
    return scaled(nanoseconds, units)
  }

  static func bytes(_ count: Int) -> String {
    if count < 1024 { return "\(count) B" }
    return scaled(Double(count), [("KB", 1024), ("MB", 1_048_576), ("GB", 1_073_741_824)])
  }

  static func percent(_ part: Double) -> String { digits(part * 100, 1) + "%" }

  static func factor(_ value: Double) -> String { threeDigits(value) }

  private static func scaled(_ value: Double, _ units: [(String, Double)]) -> String {
    var chosen = units[0]
    // 999.6 is written as 1,000 in its unit, so it belongs to the next one.
    for unit in units where value >= unit.1 * 0.9995 { chosen = unit }
    return threeDigits(value / chosen.1) + " " + chosen.0
  }

  private static func threeDigits(_ value: Double) -> String {
    digits(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
  }

  private static func digits(_ value: Double, _ count: Int) -> String {
    guard value.isFinite, value < 1e15 else { return "\(value)" }
    let scale = count == 0 ? 1 : count == 1 ? 10 : 100
    let whole = Int((value * Double(scale)).rounded())
    guard count > 0 else { return String(whole) }
    let fraction = String(whole % scale)
    return "\(whole / scale)." + String(repeating: "0", count: count - fraction.count) + fraction
  }
}
