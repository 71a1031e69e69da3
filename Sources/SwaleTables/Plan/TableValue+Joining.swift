import SwaleEngine

/// How two tables are joined.
extension TableValue {
  func matches(_ context: Context) throws -> JoinMatches {
    guard case .join(let left, let right, let condition) = plan else {
      unreachable("matches of \(plan.name)")
    }
    return try remembered(\.matches) {
      let leftCount = try left.computedRowCount(context)
      let rightCount = try right.computedRowCount(context)
      try Grouping.checkRowCount(leftCount + rightCount)
      var numbers: Grouping.Numbers?
      var validity: Bitmap?
      for key in condition.keys {
        let sides = [
          try left.computedColumn(key.left, context), try right.computedColumn(key.right, context),
        ]
        try TableValue.checkComparable(sides[0], sides[1], key)
        // One column of both sides: equal numbers then mean equal keys.
        let column = Column.concatenated(sides)
        validity = Bitmap.both(validity, column.validity)
        let more = try Grouping.number(column, context)
        numbers = try numbers.map { try Grouping.combine($0, more, context) } ?? more
      }
      guard let numbers else { unreachable("a join without keys") }
      var ids = numbers.ids
      if let validity {
        ids = Buffer(uninitialized: numbers.ids.count)
        try Parallel.forEachPart(ids.count, context) { rows in
          for row in rows { ids.base[row] = validity[row] ? numbers.ids.base[row] : -1 }
        }
      }
      return try JoinMatches.find(
        condition.kind, ids, distinct: numbers.count, leftCount: leftCount, rightCount: rightCount, context)
    }
  }

  /// Raises `type` where no item of one side can equal one of the other.
  private static func checkComparable(_ a: Column, _ b: Column, _ key: (left: String, right: String)) throws {
    if a.type == b.type || a.type == .general || b.type == .general { return }
    if a.type.isNumeric && b.type.isNumeric || a.nullCount == a.count || b.nullCount == b.count { return }
    let (left, right) = (a.typeName, b.typeName)
    throw SwaleError(
      .type,
      "join: \(key.left) of the left table holds \(left)s and \(key.right) of the right one \(right)s, which are never equal",
      hint: "derive \(key.right): \(left)(.\(key.right)) makes \(left)s of the right ones")
  }

  func joined(
    _ name: String, _ left: TableValue, _ right: TableValue, _ condition: Plan.JoinCondition,
    _ context: Context
  ) throws -> Column {
    let matches = try matches(context)
    // Those of the right table stand behind those of the left one.
    let place = place(of: name) - left.columnNames.count
    if place >= 0 {
      let source = condition.rightColumns[place]
      return try right.computedColumn(source.name, context).gather(matches.right!, context)
    }
    let column = try left.computedColumn(name, context)
    // A row that only the right table has takes the key from there.
    guard condition.kind == .right || condition.kind == .full,
      let key = condition.keys.first(where: { $0.left == name }), let rightRows = matches.right
    else { return matches.isWholeLeft ? column : try column.gather(matches.left, context) }
    let both = Column.concatenated([column, try right.computedColumn(key.right, context)])
    let rows = Buffer<Int>(uninitialized: matches.count)
    for i in 0..<matches.count {
      rows.base[i] = matches.left.base[i] >= 0 ? matches.left.base[i] : column.count + rightRows.base[i]
    }
    return try both.gather(rows, context)
  }
}
