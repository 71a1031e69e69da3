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
  public func gather(_ rows: Buffer<Int>, _ context: Context) throws -> Column {
    let n = rows.count
    let rows = rows.base
    if count == 0 { return .nulls(n, as: type) }
    func fixed<T: BitwiseCopyable>(_ items: Buffer<T>, missing: T) throws -> Buffer<T> {
      let result = Buffer<T>(uninitialized: n)
      try Parallel.forEachPart(n, context) { part in
        for i in part { result.base[i] = rows[i] < 0 ? missing : items.base[rows[i]] }
      }
      return result
    }
    let data: ColumnData
    switch self.data {
    case .bools(let items): data = .bools(try fixed(items, missing: false))
    case .ints(let items): data = .ints(try fixed(items, missing: 0))
    case .floats(let items): data = .floats(try fixed(items, missing: 0))
    case .codes(let codes, let dictionary): data = .codes(try fixed(codes, missing: 0), dictionary)
    case .strings(let items): data = .strings(try items.gather(rows, n, context))
    case .values(let items):
      data = .values(ValueBuffer((0..<n).map { rows[$0] < 0 ? .null : items.values[rows[$0]] }))
    }
    return Column(type, count: n, data, validity: try gatheredValidity(rows, n, context))
  }

  private func gatheredValidity(_ rows: UnsafeMutablePointer<Int>, _ n: Int, _ context: Context) throws
    -> Bitmap?
  {
    let result = Bitmap(repeating: true, count: n)
    // Parts end where words do.
    try Parallel.forEachPart(n, context) { part in
      if let validity {
        for i in part where rows[i] < 0 || !validity[rows[i]] { result.clear(i) }
      } else {
        for i in part where rows[i] < 0 { result.clear(i) }
      }
    }
    return result.ifPartial
  }
}
