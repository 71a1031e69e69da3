import SwaleEngine

extension Column {
  /// Returns the items of all columns one behind the other. Columns of different types become one
  /// of floats where they are ints and floats and lose nothing by it, else a general one.
  public static func concatenated(_ parts: [Column]) -> Column {
    let parts = parts.count > 1 ? unified(parts) : parts
    guard parts.count != 1 else { return parts[0] }
    guard let first = parts.first else { return .nulls(0) }
    let count = parts.reduce(0) { $0 + $1.count }
    return Column(first.type, count: count, joinedData(parts, count), validity: joinedValidity(parts, count))
  }

  private static func joinedData(_ parts: [Column], _ count: Int) -> ColumnData {
    func fixed<T: BitwiseCopyable>(_ items: (Column) -> Buffer<T>) -> Buffer<T> {
      let result = Buffer<T>(uninitialized: count)
      var start = 0
      for part in parts {
        (result.base + start).update(from: items(part).base, count: part.count)
        start += part.count
      }
      return result
    }
    switch parts[0].data {
    case .bools:
      return .bools(fixed { if case .bools(let items) = $0.data { items } else { unreachable() } })
    case .ints:
      return .ints(fixed { if case .ints(let items) = $0.data { items } else { unreachable() } })
    case .floats:
      return .floats(fixed { if case .floats(let items) = $0.data { items } else { unreachable() } })
    case .codes(_, let dictionary) where parts.allSatisfy { $0.hasDictionary(dictionary) }:
      return .codes(
        fixed { if case .codes(let codes, _) = $0.data { codes } else { unreachable() } }, dictionary)
    case .strings, .codes:
      return .strings(joinedStrings(parts, count))
    case .values:
      return .values(
        ValueBuffer(
          parts.flatMap { if case .values(let items) = $0.data { items.values } else { unreachable() } }))
    }
  }

  private func hasDictionary(_ dictionary: StringDictionary) -> Bool {
    if case .codes(_, let own) = data { return own === dictionary }
    return false
  }

  private static func joinedStrings(_ parts: [Column], _ count: Int) -> StringBuffer {
    var offsets = GrowingBuffer<Int>(capacity: count + 1)
    var bytes = GrowingBuffer<UInt8>()
    offsets.append(0)
    for part in parts {
      for i in 0..<part.count {
        let string = part.stringBytes(i)
        if string.count > 0 { bytes.append(contentsOf: string.baseAddress!, count: string.count) }
        offsets.append(bytes.count)
      }
    }
    return StringBuffer(offsets: offsets.finish(), bytes: bytes.finish())
  }

  /// The bytes of a string column's item; empty where it is missing.
  @inline(__always) func stringBytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    switch data {
    case .strings(let items): items[index]
    case .codes(let codes, let dictionary):
      isNull(index) ? StringBuffer.none : dictionary.strings[Int(codes[index])]
    default: unreachable("a string of a column of another type")
    }
  }

  private static func joinedValidity(_ parts: [Column], _ count: Int) -> Bitmap? {
    if parts.allSatisfy({ $0.validity == nil }) { return nil }
    let result = Bitmap(repeating: true, count: count)
    var start = 0
    for part in parts {
      if let validity = part.validity { result.clear(from: start, where: validity) }
      start += part.count
    }
    return result
  }

  /// Returns the columns as ones of one type, so that equal items compare equal as they are stored.
  static func unified(_ parts: [Column]) -> [Column] {
    // A column of nulls only, or of nothing, goes with any type.
    let types = Set(parts.filter { $0.nullCount < $0.count }.map(\.type))
    if types.count <= 1 {
      let type = types.first ?? parts[0].type
      return parts.map { $0.type == type ? $0 : .nulls($0.count, as: type) }
    }
    if types == [.int, .float] {
      let floats = parts.map {
        $0.type == .int ? $0.exactFloats() : $0.type == .float ? $0 : .nulls($0.count, as: .float)
      }
      if floats.allSatisfy({ $0 != nil }) { return floats.map { $0! } }
    }
    return parts.map { $0.general() }
  }

  /// The column as one of values.
  func general() -> Column {
    if type == .general { return self }
    var values: [Value] = []
    values.reserveCapacity(count)
    forEach { values.append($0) }
    return Column(.general, count: count, .values(ValueBuffer(values)), validity: validity)
  }

  /// An int column's items as floats, nil where one cannot be told apart from its neighbours then.
  func exactFloats() -> Column? {
    guard case .ints(let items) = data else { return nil }
    let result = Buffer<Double>(uninitialized: count)
    for i in 0..<count {
      if items.base[i].magnitude > 1 << 53 { return nil }
      result.base[i] = Double(items.base[i])
    }
    return Column(floats: result, validity: validity)
  }
}
