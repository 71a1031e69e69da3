extension Operations {
  /// Returns `base[index]`: an item, a slice, or the value of a key.
  public static func index(_ base: Value, _ index: Value, _ c: Context) throws -> Value {
    switch (base, index) {
    case (.list(let list), .int(let i)):
      let position = i < 0 ? i &+ list.count : i
      if position < 0 || position >= list.count { throw outOfBounds(i, list.count, "list") }
      return list[position]
    case (.record(let record), .string(let key)):
      let position = record.find(key)
      if position < 0 { throw missingKey(index, record) }
      return record.values[position]
    default: return try indexOthers(base, index, c)
    }
  }

  @inline(never) private static func indexOthers(_ base: Value, _ index: Value, _ c: Context) throws -> Value
  {
    switch base {
    case .record(let record):
      let position = try record.find(index)
      if position < 0 { throw missingKey(index, record) }
      return record.values[position]
    case .list(let list):
      switch try position(index, count: list.count, of: "list") {
      case .item(let i): return list[i]
      case .slice(let range): return .list(try slice(list, range.lowerBound, range.upperBound, c))
      }
    case .string(let text):
      if case .int(let i) = index { return .string(try character(i, of: text)) }
      guard case .slice(let range) = try position(index, count: text.characterCount, of: "string") else {
        unreachable("an int")
      }
      return .string(text.characters(range))
    case .object(let object):
      if let item = try object.item(index, c) { return item }
      if try object.makeIterator(c) != nil {
        throw SwaleError(
          .type, "\(base.typeNameWithArticle) has no index \(index.typeNameWithArticle)",
          hint: object.type == .set ? "`x in s` tells what is in a set, list(s) makes a list" : nil)
      }
      throw noIndex(base)
    default: throw noIndex(base)
    }
  }

  private static func noIndex(_ base: Value) -> SwaleError {
    var hint: String?
    switch base {
    case .null: hint = "the value is missing; `x?.name` and get(x, key, default) allow for that"
    case .function(let function): hint = "call it: \(function.name.isEmpty ? "f" : function.name)(...)"
    default: break
    }
    return SwaleError(.type, "\(base.typeNameWithArticle) cannot be indexed", hint: hint)
  }

  // MARK: Positions

  public enum Position {
    case item(Int)
    case slice(Range<Int>)
  }

  /// Returns what an index denotes in a sequence: an item in bounds, which counts from the end where
  /// it is negative, or a clipped slice. Raises `index` and `type`.
  public static func position(_ index: Value, count: Int, of sequence: String) throws -> Position {
    switch index {
    case .int(let i):
      let position = i < 0 ? i &+ count : i
      if position < 0 || position >= count { throw outOfBounds(i, count, sequence) }
      return .item(position)
    case .object(let object):
      guard let range = object as? RangeValue else { break }
      return .slice(try slice(range, count: count, of: sequence))
    default: break
    }
    throw wrongIndex(index, of: sequence)
  }

  /// Returns the part of a sequence that a range denotes, clipped to what is there. Negative ends
  /// count from the end of the sequence.
  public static func slice(_ range: RangeValue, count: Int, of sequence: String) throws -> Range<Int> {
    func end(_ value: Value?, or missing: Int) throws -> Int {
      guard let value else { return missing }
      guard case .int(let i) = value else { throw wrongIndex(value, of: sequence) }
      return i < 0 ? i &+ count : i
    }
    let lower = min(max(try end(range.lower, or: 0), 0), count)
    var upper = try end(range.upper, or: count)
    if range.isClosed, range.upper != nil, upper < count { upper += 1 }
    return lower..<min(max(upper, lower), count)
  }

  private static func wrongIndex(_ index: Value, of sequence: String) -> SwaleError {
    var hint: String?
    switch index {
    case .float: hint = "int(x) rounds towards zero; `//` divides ints to an int"
    case .string:
      hint = "only records have string keys; a list of records is searched with find(xs, x => ...)"
    default: break
    }
    return SwaleError(
      .type,
      "an index of \(TypeSet.withArticle(sequence)) must be an int or a range, not \(index.typeNameWithArticle)",
      hint: hint)
  }

  @inline(never) static func outOfBounds(_ index: Int, _ count: Int, _ sequence: String) -> SwaleError {
    let unit =
      switch sequence {
      case "string": "character"
      case "bytes": "byte"
      case "table": "row"
      default: "item"
      }
    let verb = sequence == "bytes" ? "have" : "has"
    if count == 0 {
      return SwaleError(
        .index, "index \(index) is out of bounds: the \(sequence) \(sequence == "bytes" ? "are" : "is") empty"
      )
    }
    return SwaleError(
      .index,
      "index \(index) is out of bounds: the \(sequence) \(verb) \(count) \(unit)\(count == 1 ? "" : "s")",
      hint: "indexes go from 0 to \(count - 1), and from -1 back to -\(count) counting from the end")
  }

  // MARK: Strings

  private static func character(_ i: Int, of text: Text) throws -> Text {
    let count = text.characterCount
    let position = i < 0 ? i &+ count : i
    if position < 0 || position >= count { throw outOfBounds(i, count, "string") }
    if text.isIndexedByByte { return text.slice(position, position + 1) }
    return text.characters(position..<position + 1)
  }

  // MARK: Keys

  @inline(never) static func missingKey(_ key: Value, _ record: RecordStorage) -> SwaleError {
    let shown = key.displayString
    let hint: String?
    if record.count == 0 {
      hint = "the record is empty"
    } else if case .string(let name) = key,
      let closest = suggestion(for: name.string, among: record.stringKeys)
    {
      hint = closest
    } else if case .int(let number) = key, record.find(Text.of(String(number))) >= 0 {
      hint = "there is a key \"\(number)\", a string"
    } else if record.count <= 10 {
      var writer = ValueWriter()
      writer.write("it has ")
      var isFirst = true
      record.forEach { key, _ in
        if !isFirst { writer.write(", ") }
        isFirst = false
        writer.writeKey(key)
      }
      hint = writer.bytes.count <= 200 ? writer.string : nil
    } else {
      hint = "`r?.name` and get(r, key, default) allow for a missing key"
    }
    return SwaleError(
      .key, "the record has no key \(shown.count <= 100 ? shown : String(shown.prefix(97)) + "...")",
      hint: hint)
  }
}

extension RecordStorage {
  /// The keys that are strings.
  var stringKeys: [String] {
    var result: [String] = []
    forEach { key, _ in if case .string(let name) = key { result.append(name.string) } }
    return result
  }
}
