import SwaleEngine

extension Column {
  /// Returns the items from `lower` up to but not including `upper`, sharing their memory.
  public func slice(_ lower: Int, _ upper: Int) -> Column {
    if lower == 0 && upper == count { return self }
    let data: ColumnData =
      switch self.data {
      case .bools(let items): .bools(items.slice(lower, upper))
      case .ints(let items): .ints(items.slice(lower, upper))
      case .floats(let items): .floats(items.slice(lower, upper))
      case .strings(let items): .strings(items.slice(lower, upper))
      case .codes(let codes, let dictionary): .codes(codes.slice(lower, upper), dictionary)
      case .values(let items): .values(ValueBuffer(Array(items.values[lower..<upper])))
      }
    return Column(type, count: upper - lower, data, validity: validity?.slice(lower, upper).ifPartial)
  }

  /// Returns the items at the given rows, in that order; a row of -1 gives a missing item.
  public func gather(_ rows: Buffer<Int>) -> Column {
    let n = rows.count
    let rows = rows.base
    // Row 0 stands in for missing ones, unless there is none at all.
    if count == 0 { return .nulls(n, as: type) }
    func fixed<T: BitwiseCopyable>(_ items: Buffer<T>, missing: T) -> Buffer<T> {
      let result = Buffer<T>(uninitialized: n)
      for i in 0..<n { result.base[i] = rows[i] < 0 ? missing : items.base[rows[i]] }
      return result
    }
    let data: ColumnData
    switch self.data {
    case .bools(let items): data = .bools(fixed(items, missing: false))
    case .ints(let items): data = .ints(fixed(items, missing: 0))
    case .floats(let items): data = .floats(fixed(items, missing: 0))
    case .codes(let codes, let dictionary): data = .codes(fixed(codes, missing: 0), dictionary)
    case .strings(let items):
      data = .strings(StringBuffer.make(count: n) { rows[$0] < 0 ? StringBuffer.none : items[rows[$0]] })
    case .values(let items):
      data = .values(ValueBuffer((0..<n).map { rows[$0] < 0 ? .null : items.values[rows[$0]] }))
    }
    return Column(type, count: n, data, validity: gatheredValidity(rows, n))
  }

  private func gatheredValidity(_ rows: UnsafeMutablePointer<Int>, _ n: Int) -> Bitmap? {
    var result: Bitmap?
    for i in 0..<n where rows[i] < 0 || isNull(rows[i]) {
      if result == nil { result = Bitmap(repeating: true, count: n) }
      result!.clear(i)
    }
    return result
  }
}
