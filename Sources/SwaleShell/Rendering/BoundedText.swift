import SwaleEngine
import SwaleSyntax

/// The display form of a value as far as it fits into a number of characters.
///
/// Values may be huge or nested deeply; what would not be seen is not even looked at.
struct BoundedText {
  private(set) var text = ""
  private var width = 0
  private let limit: Int

  /// Returns the whole display form, nil where it is longer than the limit.
  static func whole(_ value: Value, limit: Int) -> String? {
    var writer = BoundedText(limit: limit)
    return writer.append(value) ? writer.text : nil
  }

  /// Returns the display form, cut with `…` where it is longer than the limit.
  static func cut(_ value: Value, limit: Int) -> String {
    var writer = BoundedText(limit: limit)
    if writer.append(value) { return writer.text }
    let clipped = DisplayWidth.clip(writer.text, to: limit)
    return clipped.hasSuffix("…") ? clipped : DisplayWidth.clip(writer.text, to: limit - 1) + "…"
  }

  private init(limit: Int) { self.limit = limit }

  private mutating func append(_ piece: String) -> Bool {
    text += piece
    width += DisplayWidth.of(piece)
    return width <= limit
  }

  /// Each level adds a character at least, so the limit bounds the recursion too.
  private mutating func append(_ value: Value) -> Bool {
    switch value {
    case .string(let string):
      // A part of a long string is enough to see that it does not fit.
      if string.byteCount > limit * 4 {
        _ = append("\"" + String(decoding: string.bytes.prefix(limit * 4), as: UTF8.self))
        return false
      }
      return append(value.displayString)
    case .list(let list):
      return append("[") && items(0..<list.count) { list[$0] } && append("]")
    case .record(let record): return append(record)
    case .object(let set as SetValue):
      let items = set.items
      return append("set([") && self.items(items.indices) { items[$0] } && append("])")
    case .object(let bytes as BytesValue) where bytes.bytes.count > limit:
      return append("bytes of \(TableRenderer.count(bytes.bytes.count, "byte"))")
    default: return append(value.displayString)
    }
  }

  private mutating func items(_ range: Range<Int>, _ item: (Int) -> Value) -> Bool {
    for index in range {
      if index > range.lowerBound, !append(", ") { return false }
      if !append(item(index)) { return false }
    }
    return true
  }

  private mutating func append(_ record: RecordStorage) -> Bool {
    struct Full: Error {}
    guard append("{") else { return false }
    var isFirst = true
    do {
      try record.forEach { key, value in
        if !isFirst, !append(", ") { throw Full() }
        isFirst = false
        guard append(BoundedText.key(key, limit: limit) + ": "), append(value) else { throw Full() }
      }
    } catch { return false }
    return append("}")
  }

  /// Returns a record's key as it is written before the colon.
  static func key(_ key: Value, limit: Int) -> String {
    guard case .string(let name) = key else { return "[" + cut(key, limit: limit) + "]" }
    let text = String(decoding: name.bytes.prefix(limit * 4), as: UTF8.self)
    let isName = text.unicodeScalars.enumerated().allSatisfy { index, scalar in
      scalar == "_" || scalar.properties.isAlphabetic
        || index > 0 && scalar.properties.generalCategory == .decimalNumber
    }
    return isName && !text.isEmpty ? text : cut(key, limit: limit)
  }
}
