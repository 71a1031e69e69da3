import SwaleEngine

/// What `x[i]` and `x[i...j]` mean for columns and tables.
enum Indexing {
  /// Returns one item for an int, which counts from the end where negative, or a slice for a range,
  /// which is clipped; raises `index` or `type`.
  static func item(
    _ index: Value, count: Int, of name: String, one: (Int) throws -> Value,
    slice: (Int, Int) throws -> Value
  ) throws -> Value? {
    switch index {
    case .int(let number):
      let position = number < 0 ? number + count : number
      guard position >= 0, position < count else {
        throw SwaleError(
          .index, "index \(number) is outside the \(name), which has \(count) \(unit(name, count))",
          hint: count == 0 ? "it is empty" : "valid are 0 to \(count - 1), and -1 to -\(count) from the end")
      }
      return try one(position)
    case .object(let object):
      guard let range = object as? RangeValue else { return nil }
      let (lower, upper) = try bounds(range, count)
      return try slice(lower, upper)
    default: return nil
    }
  }

  private static func unit(_ name: String, _ count: Int) -> String {
    (name == "table" ? "row" : "item") + (count == 1 ? "" : "s")
  }

  /// Returns the clipped bounds of a slice, the upper one not included.
  private static func bounds(_ range: RangeValue, _ count: Int) throws -> (Int, Int) {
    func position(_ value: Value?, _ missing: Int) throws -> Int {
      switch value {
      case nil, .null?: return missing
      case .int(let number)?: return number < 0 ? max(0, number + count) : min(number, count)
      case let other?:
        throw SwaleError(.type, "a slice needs ints, not \(other.typeNameWithArticle)")
      }
    }
    let lower = try position(range.lower, 0)
    var upper = try position(range.upper, count)
    // A closed range includes its end; from the end, -1 is the last item.
    if range.isClosed, case .int(let number)? = range.upper {
      upper = number < 0 ? max(0, number + count + 1) : number >= count ? count : number + 1
    }
    return (lower, max(lower, upper))
  }
}
