import SwaleEngine

extension Column {
  /// Returns a function that says whether one item stands before another in sorted order; neither may be missing.
  func precedence(_ context: Context) throws -> (_ a: Int, _ b: Int) throws -> Bool {
    switch data {
    case .ints(let items): return { items.base[$0] < items.base[$1] }
    case .floats(let items): return { Aggregate.precedes(items.base[$0], items.base[$1]) }
    case .bools(let items): return { !items.base[$0] && items.base[$1] }
    case .strings(let items): return { StringBuffer.compare(items[$0], items[$1]) < 0 }
    case .codes(let codes, let dictionary):
      let ranks = try dictionary.ranks(context)
      return { ranks.base[Int(codes.base[$0])] < ranks.base[Int(codes.base[$1])] }
    case .values(let items): return { try Value.compare(items.values[$0], items.values[$1]) < 0 }
    }
  }
}
