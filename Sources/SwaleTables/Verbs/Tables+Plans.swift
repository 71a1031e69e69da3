import SwaleEngine

extension Tables {
  /// What shows how a table comes about.
  nonisolated(unsafe) static let plans: [Builtin] = [
    Builtin(
      "explain", [.init("table", .table)],
      """
      Shows how the rows of a table will be found, without finding them: its verbs, the last one on top; the columns \
      that are read of a file; which expressions are computed for whole columns ("vectorised") and which by calls, and \
      why; what needs all rows at once. See `profile` for what each verb takes.
      """,
      example: ("type(explain)", "\"function\"")
    ) { call in
      let table = try call.table(0, of: "explain")
      try write(PlanStages(table, call.context).text(), call.context)
      return .null
    },
    Builtin(
      "profile", [.init("table", .table)],
      """
      Finds the rows of a table and shows how, as `explain` does, with the rows that each verb leaves and the time that \
      it takes by itself. What was found before takes none.
      """,
      example: ("type(profile)", "\"function\"")
    ) { call in
      let table = try call.table(0, of: "profile")
      let stages = PlanStages(table, call.context)
      let meter = TableMeter()
      stages.tables.forEach { $0.measure(by: meter) }
      defer { stages.tables.forEach { $0.measure(by: nil) } }
      _ = try table.batch(call.context)
      try write(stages.text(meter), call.context)
      return .null
    },
  ]

  private static func write(_ text: String, _ context: Context) throws {
    try context.output.write(text + "\n")
  }
}
