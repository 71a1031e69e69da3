import Glibc
import SwaleEngine

/// Finds out what a CSV file looks like.
struct CSVSniffer {
  private let source: ByteSource
  private let options: CSVOptions
  private let defaultDelimiter: UInt8?
  private let scratch = ByteSource.Scratch()
  /// True if the file has fields without quotes: those with quotes are then meant as strings.
  private var quotesMean = false

  private static let sampleSize = 1 << 18
  private static let rowLimit = 2000

  /// `defaultDelimiter` is what the kind of file has, nil where it is to be found out.
  init(_ source: ByteSource, _ options: CSVOptions, defaultDelimiter: UInt8?) {
    self.source = source
    self.options = options
    self.defaultDelimiter = defaultDelimiter
  }

  /// A row as the places of its fields.
  private typealias Row = [Range<Int>]

  mutating func layout() throws -> CSVLayout {
    var layout = CSVLayout()
    var size = min(source.count, CSVSniffer.sampleSize)
    var p = try source.bytes(0, size, scratch)
    let start = try skipMark(p, size)
    if memchr(p, 0x0A, size) == nil, memchr(p, 0x0D, size) != nil { layout.dialect.newline = 0x0D }
    // At least one whole line, however long.
    while size < source.count, memchr(p + start, Int32(layout.dialect.newline), size - start) == nil {
      size = min(source.count, size * 4)
      p = try source.bytes(0, size, scratch)
    }
    let isWhole = size == source.count
    layout.dialect.delimiter =
      options.delimiter ?? defaultDelimiter ?? detectDelimiter(p, start, size, isWhole, layout.dialect)
    var rows = self.rows(p, start, size, isWhole, layout.dialect, limit: CSVSniffer.rowLimit)
    layout.dataStart = start
    if rows.isEmpty { return layout }
    quotesMean = rows.contains { $0.contains { !$0.isEmpty && p[$0.lowerBound] != 0x22 } }
    try nameColumns(p, &rows, &layout)
    let samples = self.samples(p, rows, columns: layout.columns.count)
    detectTypes(samples, &layout, isFirst: true)
    if isWhole == false {
      try lookFurther(&layout, from: size, hasLongRows: rows.contains { spansLines(p, $0, layout) })
    }
    try applyTypes(&layout)
    return layout
  }

  /// Returns where the text begins behind a mark of its encoding; raises `parse` for encodings that
  /// cannot be read.
  private func skipMark(_ p: UnsafePointer<UInt8>, _ count: Int) throws -> Int {
    if count >= 3, p[0] == 0xEF, p[1] == 0xBB, p[2] == 0xBF { return 3 }
    if count >= 2, p[0] == 0xFF && p[1] == 0xFE || p[0] == 0xFE && p[1] == 0xFF {
      throw SwaleError(
        .parse, "\(source.name) is encoded in UTF-16, and only UTF-8 can be read",
        hint: "iconv -f UTF-16 -t UTF-8 converts it")
    }
    if count >= 2, p[0] == 0x1F, p[1] == 0x8B {
      throw SwaleError(
        .parse, "\(source.name) is compressed with gzip",
        hint: "call it .gz, and it is decompressed when it is read")
    }
    if count >= 4, p[0] == 0x50, p[1] == 0x4B, p[2] == 3, p[3] == 4 {
      throw SwaleError(
        .parse, "\(source.name) is a zip archive and no text", hint: "is it a spreadsheet? save it as CSV")
    }
    return 0
  }

  // MARK: Rows and delimiters

  private func rows(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ isWhole: Bool, _ dialect: CSVDialect, limit: Int
  ) -> [Row] {
    var rows: [Row] = []
    let index = CSVIndex()
    index.scanBytes(p + start, end - start, dialect, columns: nil) { first, last, field, fields in
      var row: Row = []
      var lower = start + first
      for k in field..<(field + fields) {
        let upper = start + Int(index.ends[k])
        row.append(lower..<upper)
        lower = upper + 1
      }
      // What the sample's end has cut off is no row.
      if !isWhole, start + last >= end { return false }
      rows.append(row)
      return rows.count < limit
    }
    return rows
  }

  private func spansLines(_ p: UnsafePointer<UInt8>, _ row: Row, _ layout: CSVLayout) -> Bool {
    guard let lower = row.first?.lowerBound, let upper = row.last?.upperBound else { return false }
    return memchr(p + lower, Int32(layout.dialect.newline), upper - lower) != nil
  }

  /// Returns the delimiter by which most lines have the same number of fields, more than one.
  private func detectDelimiter(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ isWhole: Bool, _ dialect: CSVDialect
  ) -> UInt8 {
    var best: (delimiter: UInt8, share: Double, fields: Int)?
    for delimiter in CSVDialect.candidates {
      var dialect = dialect
      dialect.delimiter = delimiter
      let counts = rows(p, start, end, isWhole, dialect, limit: 200).map(\.count)
      guard let usual = mostFrequent(counts), usual > 1 else { continue }
      let share = Double(counts.count { $0 == usual }) / Double(counts.count)
      if let found = best, (found.share, found.fields) >= (share, usual) { continue }
      best = (delimiter, share, usual)
    }
    return best?.delimiter ?? 0x2C
  }

  private func mostFrequent(_ counts: [Int]) -> Int? {
    var numbers: [Int: Int] = [:]
    for count in counts { numbers[count, default: 0] += 1 }
    return numbers.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  // MARK: Header

  /// Finds the header, names the columns, and takes the header and what is above it off the rows.
  private func nameColumns(_ p: UnsafePointer<UInt8>, _ rows: inout [Row], _ layout: inout CSVLayout) throws {
    let above = rowsAboveHeader(p, rows)
    let hasHeader =
      switch options.header {
      case .first: true
      case .absent, .names: false
      case .detected: above > 0 || looksLikeHeader(p, rows[0], Array(rows.dropFirst()))
      }
    var names: [String]
    if hasHeader {
      let header = rows[above]
      names = header.map { FieldText.string(p, $0) }
      // A header that is too short, as where each row ends with a delimiter, leaves columns without a name.
      if let usual = usualCount(rows.dropFirst(above + 1)) {
        while names.count < usual { names.append("") }
      }
      for row in rows[..<above] {
        let place = row[0].lowerBound..<row[row.count - 1].upperBound
        layout.rowsAbove.append(
          Rejects.Row(
            line: lines(p, place.lowerBound, layout) + 1,
            reason: CSVIndex.raggedReason(row.count, names.count),
            text: Text.make(UnsafeBufferPointer(start: p + place.lowerBound, count: place.count))))
      }
      rows.removeFirst(above + 1)
      var next = header[header.count - 1].upperBound
      if next < source.count, next > 0, p[next] != layout.dialect.newline { next += 1 }
      layout.dataStart = min(next + 1, source.count)
      layout.linesBefore = lines(p, layout.dataStart, layout)
    } else {
      let count = mostFrequent(rows.map(\.count)) ?? rows[0].count
      names = (1...max(1, count)).map { "column_\($0)" }
      if case .names(let given) = options.header {
        guard given.count == count else {
          throw SwaleError(
            .value,
            "header: has \(given.count) name\(given.count == 1 ? "" : "s"), and \(source.name) has \(count) columns"
          )
        }
        names = given
      }
    }
    layout.columns = CSVSniffer.distinct(names).map { CSVLayout.Column(name: $0) }
  }

  /// The number of line ends before a place.
  private func lines(_ p: UnsafePointer<UInt8>, _ end: Int, _ layout: CSVLayout) -> Int {
    UnsafeBufferPointer(start: p, count: end).count { $0 == layout.dialect.newline }
  }

  /// The number of fields that most rows have.
  private func usualCount(_ rows: ArraySlice<Row>) -> Int? {
    guard let usual = mostFrequent(rows.map(\.count)),
      rows.count(where: { $0.count == usual }) * 2 > rows.count
    else { return nil }
    return usual
  }

  /// Returns how many rows stand above the header, such as a title or comments: rows of fewer fields than
  /// most have, followed by one of names only above a column that holds something else than text.
  private func rowsAboveHeader(_ p: UnsafePointer<UInt8>, _ rows: [Row]) -> Int {
    guard case .detected = options.header, let usual = usualCount(rows.dropFirst()), rows[0].count < usual,
      let place = rows.firstIndex(where: { $0.count == usual }),
      rows[place].allSatisfy({ type(p, $0) == .string })
    else { return 0 }
    let samples = self.samples(p, Array(rows[(place + 1)...]), columns: usual)
    let isHeader = (0..<usual).contains { column in
      let below = samples.types(column, options.nullValues).type
      return below != nil && below != .string
    }
    return isHeader ? place : 0
  }

  /// Returns the names with numbers behind those that came before, and for those that are empty.
  static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    // The number to try next behind a name that came before.
    var numbers: [String: Int] = [:]
    return names.enumerated().map { i, name in
      let base = name.isEmpty ? "column_\(i + 1)" : name
      var unique = base
      while !taken.insert(unique).inserted {
        let number = numbers[base, default: 2]
        numbers[base] = number + 1
        unique = "\(base)_\(number)"
      }
      return unique
    }
  }

  /// True unless the first row looks like the others: at least one of its fields is a number, date or bool,
  /// and every field fits the column below it.
  private func looksLikeHeader(_ p: UnsafePointer<UInt8>, _ first: Row, _ rows: [Row]) -> Bool {
    let types = first.map { type(p, $0) }
    guard types.contains(where: { $0 != nil && $0 != .string }) else { return true }
    let samples = self.samples(p, rows, columns: first.count)
    for (column, type) in types.enumerated() {
      guard let type else { continue }
      let below = samples.types(column, options.nullValues)
      if below.type == nil || below.type == .string { continue }
      if type != below.type, type == .string || CSVSniffer.wider(type, below.type!) != below.type {
        return true
      }
    }
    return false
  }

  private func type(_ p: UnsafePointer<UInt8>, _ field: Range<Int>) -> ColumnType? {
    FieldText.type(p + field.lowerBound, field.count, options.nullValues, quotesMean: quotesMean)
  }

  // MARK: Types

  /// Rows of which the types are to be found.
  private struct Samples {
    let p: UnsafePointer<UInt8>
    let rows: [Row]
    let quotesMean: Bool

    /// The type that all items of a column fit, nil where all are missing; and whether items repeat.
    func types(_ column: Int, _ nulls: NullValues) -> (type: ColumnType?, repeats: Bool) {
      var type: ColumnType?
      var table = StringTable()
      var strings = 0
      for row in rows {
        let field = row[column]
        guard let found = FieldText.type(p + field.lowerBound, field.count, nulls, quotesMean: quotesMean)
        else { continue }
        type = type.map { CSVSniffer.wider($0, found) } ?? found
        _ = table.number(of: UnsafeBufferPointer(start: p + field.lowerBound, count: field.count))
        strings += 1
      }
      return (type, strings < 50 || table.count * 2 < strings)
    }
  }

  private func samples(_ p: UnsafePointer<UInt8>, _ rows: [Row], columns: Int) -> Samples {
    Samples(p: p, rows: rows.filter { $0.count == columns }, quotesMean: quotesMean)
  }

  /// The narrowest type that takes items of both.
  static func wider(_ a: ColumnType, _ b: ColumnType) -> ColumnType {
    if a == b { return a }
    switch Set([a, b]) {
    case [.int, .float]: return .float
    case [.date, .dateTime]: return .dateTime
    default: return .string
    }
  }

  private func detectTypes(_ samples: Samples, _ layout: inout CSVLayout, isFirst: Bool) {
    for i in layout.columns.indices {
      let (type, repeats) = samples.types(i, options.nullValues)
      if isFirst { layout.columns[i].repeats = repeats }
      guard let type else {
        if isFirst { layout.columns[i].type = .general }
        continue
      }
      let known = layout.columns[i].type
      layout.columns[i].type = isFirst || known == .general ? type : CSVSniffer.wider(known, type)
    }
  }

  /// Looks at some lines in the middle and near the end, so that a column whose first numbers happen to be
  /// whole need not be read twice.
  private func lookFurther(_ layout: inout CSVLayout, from size: Int, hasLongRows: Bool) throws {
    // Inside of quotes a line may begin with anything.
    if hasLongRows { return }
    let scratch = ByteSource.Scratch()
    for part in [1, 2, 3] {
      let lower = max(size, source.count / 4 * part)
      let upper = min(source.count, lower + (1 << 15))
      if upper - lower < 1 << 10 { continue }
      let p = try source.bytes(lower, upper, scratch)
      guard let newline = memchr(p, Int32(layout.dialect.newline), upper - lower) else { continue }
      let start = UnsafePointer(newline.assumingMemoryBound(to: UInt8.self)) - p + 1
      let rows = self.rows(p, start, upper - lower, false, layout.dialect, limit: 200)
      detectTypes(samples(p, rows, columns: layout.columns.count), &layout, isFirst: false)
    }
  }

  private func applyTypes(_ layout: inout CSVLayout) throws {
    for (name, type) in options.types {
      guard let index = layout.columns.firstIndex(where: { $0.name == name }) else {
        throw RowExpression.missingColumn(name, in: layout.columns.map(\.name))
      }
      layout.columns[index].type = type
      layout.columns[index].isFixed = true
    }
    // A column of which nothing was seen takes anything.
    for i in layout.columns.indices where layout.columns[i].type == .general {
      layout.columns[i].type = .string
    }
  }
}
