import SwaleEngine
import Testing

@testable import SwaleTables

/// What `profile` measures and `explain` shows of files.
@Suite struct PlanStagesTests {
  private func table(_ context: Context) throws -> TableValue {
    let text = "k,x,y\n" + (0..<1000).map { "a\($0 % 7),\($0),\($0).5\n" }.joined()
    let file = try CSVFile(ByteSource(name: "some.csv", Buffer(Array(text.utf8))), CSVOptions())
    let scan = try TableValue(.scan(file), file.columnNames, context)
    return try TableVerbs(scan, context).select([], RecordStorage(["sum": .function(FieldFunction("x"))]))
  }

  @Test func columnsThatAreRead() throws {
    try withContext { context in
      let text = PlanStages(try table(context), context).text()
      #expect(text == "select sum: .x\n└ scan some.csv  reads 1 of 3 columns: x")
    }
  }

  @Test func rowsAndTimes() throws {
    try withContext { context in
      let table = try table(context)
      let stages = PlanStages(table, context)
      let meter = TableMeter()
      stages.tables.forEach { $0.measure(by: meter) }
      _ = try table.batch(context)
      let lines = stages.text(meter).split(separator: "\n")
      #expect(lines.count == 2)
      for line in lines { #expect(line.contains("1000 rows, ") && line.contains(" ms"), "\(line)") }
    }
  }
}
