import Glibc
import SwaleEngine
import Testing

@testable import SwaleTables

/// A `take` of a large file reads its beginning, and gives the rows that reading all gives.
@Suite struct CSVHeadTests {
  /// Writes a file of over 16 MB and calls `body` with its path.
  private func withFile(_ line: (Int) -> String, _ body: (String) throws -> Void) throws {
    let path = "/tmp/swale-head-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).csv"
    defer { unlink(path) }
    let file = try #require(fopen(path, "w"))
    fputs("n,text,x\n", file)
    for row in 0..<600_000 { fputs(line(row), file) }
    fclose(file)
    try body(path)
  }

  private func check(_ path: String, readsBeginning: Bool) throws {
    try withContext { context in
      let file = try CSVFile(try ByteSource(path, isCompressed: false), CSVOptions())
      #expect(!file.isInMemory)
      let all = try TableValue(.scan(file), file.columnNames, context)
      for (skip, take) in [(0, 1), (0, 10), (1000, 500), (0, 20_000)] {
        let taken = try TableVerbs(all, context).slice(skip: skip, take: take, by: .null, of: "take")
        let rows = try taken.batch(context)
        #expect(file.isRead == !readsBeginning)
        // A source of its own, read as a whole.
        let other = try CSVFile(try ByteSource(path, isCompressed: false), CSVOptions())
        let whole = try TableValue(.scan(other), other.columnNames, context).batch(context)
        #expect(rows.names == whole.names && rows.count == take)
        let expected = whole.slice(skip, skip + take)
        for (a, b) in zip(rows.columns, expected.columns) { #expect(Column.areEqual(a, b)) }
      }
      #expect(try all.rowCount(context) == 600_000)
    }
  }

  @Test func plain() throws {
    try withFile({ "\($0),name \($0 % 1000) of a row,\($0).5\n" }) { try check($0, readsBeginning: true) }
  }

  @Test func quotedNewlines() throws {
    try withFile({ "\($0),\"two\nlines, \"\"\($0)\"\"\",\($0 % 7)\n" }) {
      try check($0, readsBeginning: true)
    }
  }

  /// Rows that cannot be read are reported with their lines, so all of them are looked for.
  @Test func rejectedRows() throws {
    try withFile({
      $0 == 3 ? "3,too,many,fields\n3,right number of fields,1\n" : "\($0),name of a row that is longer,1\n"
    }) {
      try check($0, readsBeginning: false)
    }
  }
}
