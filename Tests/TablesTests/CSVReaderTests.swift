import SwaleEngine
import Testing

@testable import SwaleTables

@Suite struct CSVReaderTests {
  private static let pieceSizes = [1, 7, 40, 64, 200, 1 << 19]

  /// Files with every kind of quoting give the fields that they were made of, however they are divided.
  @Test func fieldsOfGeneratedFiles() throws {
    try withContext { context in
      var random = SeededGenerator(21)
      for round in 0..<150 {
        let columns = 1 + round % 5
        let sample = CSVSample(columns: columns, rows: round * 2 / 3, hasQuotes: round % 3 != 0, &random)
        for size in CSVReaderTests.pieceSizes where size > 1 || round < 30 {
          let (batch, rejects) = try readCSV(
            sample.text, pieceSize: size, options: sample.asStrings(columns: columns), context)
          let expected: [Row] = sample.rows.map { $0.map { $0.map { .text($0) } ?? .null } }
          #expect(rejects.count == 0)
          if let difference = difference(batch.rows, expected) {
            Issue.record("round \(round), pieces of \(size): \(difference)\n\(sample.text)")
            return
          }
        }
      }
    }
  }

  /// Text with stray quotes and ragged lines is read the same way whether in one piece or many.
  @Test func piecesMakeNoDifference() throws {
    try withContext { context in
      var random = SeededGenerator(22)
      let parts = ["a", "b", ",", ",", "\n", "\n", "\"", "\"\"", "\r\n", "1", "é", " ", ";"]
      for round in 0..<1500 {
        let length = Int.random(in: 0..<(round % 10 == 0 ? 400 : 60), using: &random)
        let text = "x,y\n" + (0..<length).map { _ in parts.randomElement(using: &random)! }.joined()
        var options = CSVOptions()
        options.delimiter = 0x2C
        options.header = .first
        let whole = try readCSV(text, options: options, context)
        for size in [1, 5, 64] {
          let divided = try readCSV(text, pieceSize: size, options: options, context)
          let isSame =
            difference(divided.batch.rows, whole.batch.rows) == nil
            && difference(divided.rejects.rows, whole.rejects.rows) == nil
          if !isSame {
            Issue.record(
              "pieces of \(size): \(text.debugDescription)\n\(divided.batch.rows) \(divided.rejects.rows)\n\(whole.batch.rows) \(whole.rejects.rows)"
            )
            return
          }
        }
      }
    }
  }

  /// Both ways to find fields find the same ones, where the faster one may be used.
  @Test func blocksAndBytesAgree() throws {
    var random = SeededGenerator(23)
    for round in 0..<300 {
      let columns = 1 + round % 4
      let sample = CSVSample(columns: columns, rows: round / 3, hasQuotes: round % 2 == 0, &random)
      var dialect = CSVDialect()
      dialect.delimiter = CSVDialect.candidates.first { sample.text.utf8.contains($0) && columns > 1 } ?? 0x2C
      for delimiter in CSVDialect.candidates
      where sample.text.hasPrefix("name0" + String(UnicodeScalar(delimiter))) {
        dialect.delimiter = delimiter
      }
      let bytes = Array(sample.text.utf8)
      bytes.withUnsafeBufferPointer { buffer in
        let (fast, slow) = (CSVIndex(), CSVIndex())
        guard fast.scanBlocks(buffer.baseAddress!, buffer.count, dialect, columns: columns) else { return }
        slow.scanBytes(buffer.baseAddress!, buffer.count, dialect, columns: columns)
        #expect(fast.rowCount == slow.rowCount)
        #expect(fast.hasHighBytes == slow.hasHighBytes)
        #expect((0..<fast.rowCount).allSatisfy { fast.starts[$0] == slow.starts[$0] })
        #expect((0..<(fast.rowCount * columns)).allSatisfy { fast.ends[$0] == slow.ends[$0] })
        #expect(fast.badRows.map(\.start) == slow.badRows.map(\.start))
      }
    }
  }

  private func types(_ text: String, _ options: CSVOptions = CSVOptions()) throws -> [String] {
    try withContext { try readCSV(text, options: options, $0).batch.columnTypes }
  }

  @Test func detectsTypes() throws {
    #expect(
      try types("a,b,c,d,e,f\n1,1.5,true,2026-05-01,2026-05-01T12:00:00Z,x\nNA,-2,FALSE,,2026-05-01 12:00,\n")
        == ["int", "float", "bool", "date", "datetime", "string"])
    // Codes with leading zeros or more digits than an int has keep them.
    #expect(try types("zip,big\n01234,12345678901234567890\n99999,1\n") == ["string", "string"])
    #expect(try types("a,b\n,NA\n,\n") == ["string", "string"])
    #expect(try types("a\n1\n2.5\n") == ["float"])
    #expect(try types("a\n1\nx\n") == ["string"])
    #expect(try types("a\n2026-05-01\n2026-05-01T10:00Z\n") == ["datetime"])
    // Where some fields stand without quotes, those with quotes are meant as strings.
    #expect(try types("a,b\n\"1\",1\n\"2\",2\n") == ["string", "int"])
    #expect(try types("\"a\",\"b\"\n\"1\",\"x\"\n") == ["int", "string"])
  }

  /// A column is read again where later rows do not fit what the first ones look like.
  @Test func widensLater() throws {
    try withContext { context in
      for (late, type) in [("2.5", "float"), ("x", "string"), ("007", "string"), ("NaN", "float")] {
        let rows = (0..<5000).map { "\($0),a\($0 % 3)" }.joined(separator: "\n")
        let text = "n,s\n" + rows + "\n\(late),b\n" + rows + "\n"
        for size in [100, 1 << 19] {
          let batch = try readCSV(text, pieceSize: size, context).batch
          #expect(batch.columnTypes == [type, "string"])
          #expect(batch.count == 10_001)
          let value = batch.columns[0].value(5000)
          #expect(value.printString == late.lowercased())
          #expect(batch.columns[0].value(42).printString == (type == "float" ? "42.0" : "42"))
        }
      }
    }
  }

  @Test func manyStringsAndFew() throws {
    try withContext { context in
      // Few strings at first, then each its own: the dictionary is given up.
      let rows = (0..<60_000).map { $0 < 3000 ? "k\($0 % 5),\($0)" : "key \($0),\($0)" }
      let batch = try readCSV("s,n\n" + rows.joined(separator: "\n"), pieceSize: 1 << 14, context).batch
      #expect(batch.count == 60_000)
      for row in [0, 1, 2999, 3000, 30_000, 59_999] {
        #expect(batch.columns[0].value(row).printString == (row < 3000 ? "k\(row % 5)" : "key \(row)"))
      }
      if case .codes = batch.columns[0].data { Issue.record("a dictionary of as many strings as rows") }
    }
  }

  /// Titles above a header are left out, and a header that is too short gets names.
  @Test(arguments: [
    ("Report 2024\n\na,b\n1,2\n3,4\n", ["a", "b"], 2, 1),
    ("# one\n# two, three\na,b,c\n1,x,2\n3,y,4\n", ["a", "b", "c"], 2, 2),
    ("a,b\n1,2,\n3,4,\n", ["a", "b", "column_3"], 2, 0),
    ("a,b\nx,y,z\nv,w,u\n", ["a", "b", "column_3"], 2, 0),
    ("a,b,c\n1,2\n3,4,5\n", ["a", "b", "c"], 1, 1),
    ("name\n\"x\"\nSmith, John\n", ["name"], 1, 1),
    ("name\nd,d\n", ["name", "column_2"], 1, 0),
  ]) func linesAboveTheHeader(text: String, names: [String], rows: Int, rejects: Int) throws {
    try withContext { context in
      let read = try readCSV(text, context)
      #expect(read.batch.names == names)
      #expect(read.batch.count == rows)
      #expect(read.rejects.count == rejects)
    }
  }

  @Test func headers() throws {
    try withContext { (context: Context) throws in
      func names(_ text: String) throws -> [String] { try readCSV(text, context).batch.names }
      #expect(try names("a,b\n1,2\n") == ["a", "b"])
      #expect(try names("1,2\n3,4\n") == ["column_1", "column_2"])
      #expect(try names("x,1\ny,2\n") == ["column_1", "column_2"])
      #expect(try names("name,city\nAda,London\n") == ["name", "city"])
      #expect(try names("a,,a\n1,2,3\n") == ["a", "column_2", "a_2"])
      #expect(try names("a,b") == ["a", "b"])
      #expect(try names("") == [])
      #expect(try names("\u{FEFF}a\n1") == ["a"])
      var options = CSVOptions()
      options.header = .absent
      #expect(try readCSV("a,b\nc,d", options: options, context).batch.rows.count == 2)
      options.header = .names(["x", "y"])
      #expect(try readCSV("a,b\nc,d", options: options, context).batch.names == ["x", "y"])
    }
  }

  @Test func lineEnds() throws {
    try withContext { context in
      for text in ["a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "a,b\n\n1,2\n\n\n3,4\n\n"] {
        let batch = try readCSV(text, context).batch
        #expect(batch.names == ["a", "b"])
        #expect(
          difference(batch.rows, [[.int(1), .int(2)], [.int(3), .int(4)]]) == nil, "\(text.debugDescription)")
      }
    }
  }

  @Test func rejects() throws {
    try withContext { context in
      var warnings: [String] = []
      context.runtime.warn = { warnings.append($0) }
      for size in [1, 10, 1 << 19] {
        let (batch, rejects) = try readCSV("a,b\n1,2\n3\n4,5,6\n7,8\n", pieceSize: size, context)
        #expect(difference(batch.rows, [[.int(1), .int(2)], [.int(7), .int(8)]]) == nil)
        #expect(
          difference(
            rejects.rows,
            [
              [.text("test.csv"), .int(3), .text("1 field instead of 2"), .text("3")],
              [.text("test.csv"), .int(4), .text("3 fields instead of 2"), .text("4,5,6")],
            ]) == nil)
      }
      #expect(warnings.count == 3)
      #expect(
        warnings[0] == """
          test.csv: 2 rows could not be read and were left out (see .rejects)
            line 3: 1 field instead of 2: 3
            line 4: 3 fields instead of 2: 4,5,6
          """)
      // A stray quote costs its own line only.
      let (batch, rejects) = try readCSV("a,b\n1,2\n\"3,4\n5,6\n7,8\n", context)
      #expect(difference(batch.rows, [[.int(1), .int(2)], [.int(5), .int(6)], [.int(7), .int(8)]]) == nil)
      #expect(rejects.rows[0][2].printString == "a quote that is never closed")
      // A quote in the middle of a field is one of its characters.
      let inches = try readCSV("a,b\n5\" pipe,1\n\"x\"y,2\n", context).batch
      #expect(difference(inches.rows, [[.text("5\" pipe"), .int(1)], [.text("xy"), .int(2)]]) == nil)
    }
  }

  @Test func chosenTypes() throws {
    try withContext { context in
      context.runtime.warn = { _ in }
      var options = CSVOptions()
      options.types = [("a", .int), ("b", .string)]
      for size in [1, 1 << 19] {
        let (batch, rejects) = try readCSV(
          "a,b\n007,1\nx,2\n,3\n\"4\",4\n", pieceSize: size, options: options, context)
        #expect(
          difference(batch.rows, [[.int(7), .text("1")], [.null, .text("3")], [.int(4), .text("4")]]) == nil)
        #expect(rejects.rows.map { $0[1].printString + $0[2].printString } == ["3a: \"x\" is no int"])
      }
      options.isStrict = true
      let error = failure { _ = try readCSV("a,b\n1,1\nx,2\n", options: options, $0) }
      #expect(error?.kind == .parse)
      #expect(error?.message == "test.csv, line 3: a: \"x\" is no int")
      options = CSVOptions()
      options.types = [("amout", .int)]
      let missing = failure { _ = try readCSV("amount\n1\n", options: options, $0) }
      #expect(missing?.hint == "did you mean amount?")
    }
  }

  /// Rows that a chosen type rejects are rejected from every column, in whatever order they are read.
  @Test func rejectedRowsAreGoneFromAllColumns() throws {
    try withContext { context in
      context.runtime.warn = { _ in }
      var options = CSVOptions()
      options.types = [("a", .int)]
      let file = try CSVFile(ByteSource(name: "x.csv", Buffer("a,b,c\n1,p,u\nx,q,v\n3,r,w\n".utf8)), options)
      #expect(try file.column("c", context).list().array.map(\.printString) == ["u", "w"])
      #expect(try file.column("a", context).list().array.map(\.printString) == ["1", "3"])
      #expect(try file.column("b", context).list().array.map(\.printString) == ["p", "r"])
      #expect(try file.rowCount(context) == 2)
    }
  }

  @Test func missingValues() throws {
    try withContext { context in
      var options = CSVOptions()
      options.nullValues = NullValues(["-", "none"])
      let batch = try readCSV("a,b\n1,x\n-,none\n,NA\n\"\",\"-\"\n", options: options, context).batch
      #expect(
        difference(
          batch.rows, [[.int(1), .text("x")], [.null, .null], [.null, .text("NA")], [.null, .text("-")]])
          == nil)
    }
  }

  @Test func invalidText() throws {
    let bytes = Array("a,b\n1,x\n2,".utf8) + [0xE9, 0x0A] + Array("3,y\n".utf8)
    for size in [4, 1 << 19] {
      let error = failure { _ = try readCSV(bytes, pieceSize: size, $0) }
      #expect(error?.kind == .parse)
      #expect(error?.message == "test.csv, line 3: byte 10 (0xE9) is no valid UTF-8")
    }
    #expect(failure { _ = try readCSV([0xFF, 0xFE, 0x61, 0], $0) }?.message.contains("UTF-16") ?? false)
    #expect(failure { _ = try readCSV([0x1F, 0x8B, 0, 0], $0) }?.message.contains("gzip") ?? false)
  }

  /// Random bytes give a table or an error.
  @Test func survivesAnything() throws {
    var random = SeededGenerator(29)
    for _ in 0..<2000 {
      let length = Int.random(in: 0..<200, using: &random)
      let interesting: [UInt8] = [
        0x22, 0x2C, 0x0A, 0x0D, 0x3B, 0x09, 0x20, 0x2E, 0x2D, 0x31, 0x41, 0xC3, 0xA9, 0, 0xFF,
      ]
      let bytes = (0..<length).map { _ in
        Bool.random(using: &random)
          ? interesting.randomElement(using: &random)! : UInt8.random(in: 0...255, using: &random)
      }
      do {
        try withContext { context in
          let (batch, rejects) = try readCSV(
            bytes, pieceSize: Int.random(in: 1..<90, using: &random), context)
          #expect(batch.columns.allSatisfy { $0.count == batch.count })
          for row in 0..<batch.count {
            for column in 0..<batch.columns.count { _ = batch.cellText(row, column) }
          }
          _ = rejects.rows
        }
      } catch is SwaleError {}
    }
  }
}
