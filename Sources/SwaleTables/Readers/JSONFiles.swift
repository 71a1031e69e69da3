import SwaleEngine

/// Files of JSON: one document, or one a line.
enum JSONFiles {
  /// Returns what a document holds: a table of a list of records, else the value itself.
  static func document(_ contents: FileContents, _ context: Context) throws -> Value {
    var parser = JSONParser(contents.bytes)
    parser.poll = { try context.tick(1000) }
    let value: Value
    do {
      value = try parser.document()
    } catch let error as JSONError {
      throw error.located(in: contents.bytes, of: contents.name)
    }
    guard case .list(let list) = value, areRecords(list) else { return value }
    return .object(TableValue(try TableMaking.rows(value, "read", context)))
  }

  private static func areRecords(_ list: ListStorage) -> Bool {
    if list.count == 0 { return true }
    guard list.kind == .values else { return false }
    for i in 0..<list.count {
      guard case .record = list.values[i] else { return false }
    }
    return true
  }

  /// Returns a table of the records of a file with one a line, or where the first line holds no record
  /// a list of values. Lines that are no JSON are counted and kept in `rejects`, or with `isStrict` an error.
  static func lines(_ contents: FileContents, isStrict: Bool, _ context: Context) throws -> Value {
    let result = ListStorage()
    var rejects = Rejects()
    var wantsRecords: Bool?
    var parser = JSONParser(UnsafeRawBufferPointer(start: nil, count: 0), isKnownUTF8: true)
    parser.poll = { try context.tick(1000) }
    try TextLines.forEach(contents) { line, number in
      try context.tick()
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
      parser.restart(UnsafeRawBufferPointer(line))
      let reason: String
      do {
        let value = try parser.document()
        let isRecord = value.type == .record
        if wantsRecords == nil { wantsRecords = isRecord }
        if wantsRecords! == false || isRecord {
          result.append(value)
          return
        }
        reason = "\(value.typeNameWithArticle) among records"
      } catch let error as JSONError {
        reason = "\(error.message) (column \(error.place(in: UnsafeRawBufferPointer(line)).column))"
      }
      if isStrict {
        throw SwaleError(
          .parse, "\(contents.name), line \(number): \(reason)", hint: "strict: false leaves such lines out")
      }
      rejects.add(Rejects.Row(line: number, reason: reason, text: Text.make(line)))
    }
    if !rejects.rows.isEmpty { context.runtime.warn(rejects.warning(for: contents.name)) }
    if wantsRecords == false { return .list(result) }
    let batch = try TableMaking.rows(.list(result), "read", context)
    return .object(TableValue(batch, rejects: rejects.batch(of: contents.name)))
  }
}
