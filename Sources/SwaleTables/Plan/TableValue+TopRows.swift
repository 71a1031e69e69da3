import SwaleEngine

/// A `take` of a sorted table, which needs no sorting of all rows.
extension TableValue {
  /// Returns the table that is sorted and the rows of it that are taken; nil where this is no such plan.
  func topRows(_ context: Context) throws -> TopRowsOfTable? {
    guard case .slice(let sorted, let skip, let take?, let keys) = plan, take > 0,
      case .sort(let source, let order, let sortGroups) = sorted.plan, sortGroups.isEmpty
    else { return nil }
    let (limit, overflow) = skip.addingReportingOverflow(take)
    if overflow || !keys.isEmpty && (limit > TopRows.groupLimit || order.count != 1) { return nil }
    return try remembered(\.top) { () throws -> TopRowsOfTable? in
      let columns = try source.sortColumns(order, context)
      if keys.isEmpty {
        let rows = try Sorting.order(
          by: columns, rowCount: try source.computedRowCount(context), limit: limit, context)
        return TopRowsOfTable(source: source, rows: rows.slice(min(skip, rows.count), rows.count))
      }
      guard columns[0].0.validity == nil, let words = try Sorting.words(columns[0].0, context) else {
        return nil
      }
      let groups = try source.grouped(by: keys, context)
      // Room for all that are wanted of each group must not be more than sorting takes.
      if groups.count > max(1 << 16, words.count) / limit { return nil }
      return TopRowsOfTable(
        source: source,
        rows: try TopRows.perGroup(
          words, columns[0].isDescending, groups, skip: skip, take: take, context))
    }
  }
}

/// Rows of the table that a sorted one is made of.
struct TopRowsOfTable {
  let source: TableValue
  let rows: Buffer<Int>
}
