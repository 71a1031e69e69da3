import SwaleSyntax

// Literals, items and members of boxed values.

final class InterpolationCode: Code {
  let node: InterpolationNode
  private let values: CodeList
  /// The text before each value, and behind the last.
  private let texts: Children<Text>
  /// How each value is formatted; empty where no value says.
  private let formats: [FormatSpecification?]
  private let parts: [Node]
  init(_ node: InterpolationNode, compile: (Node) -> Code) {
    self.node = node
    var (texts, formats, parts) = ([Text.empty], [FormatSpecification?](), [Node]())
    for piece in node.pieces {
      switch piece {
      case .text(let text): texts[texts.count - 1] = Text.concatenate(texts[texts.count - 1], text)
      case .value(let part, let format):
        parts.append(part)
        formats.append(format)
        texts.append(Text.empty)
      }
    }
    values = CodeList(parts.map(compile))
    self.texts = Children(texts)
    self.formats = formats.contains { $0 != nil } ? formats : []
    self.parts = parts
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    var writer = ValueWriter(watching: c)
    for i in 0..<values.count {
      texts.with(i) { writer.write($0) }
      let value = try values.value(i, f, c)
      if !formats.isEmpty, let format = formats[i] {
        writer.write(try parts[i].locating { try Operations.format(value, format, c) })
      } else {
        writer.write(value, isDisplay: false)
      }
    }
    texts.with(values.count) { writer.write($0) }
    return .string(try node.locating { try writer.finish() })
  }
  // Numbers and truth values are written without running code.
  override var isPlain: Bool { values.all.allSatisfy { $0.isPlain && $0.representation != .value } }
}

final class ListCode: Code {
  let node: ListNode
  let items: CodeList
  init(_ node: ListNode, _ items: [Code]) {
    self.node = node
    self.items = CodeList(items)
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let list = ListStorage(uninitialized: .values, count: 0, capacity: items.count)
    for i in 0..<items.count {
      let value = try items.value(i, f, c)
      if node.elements[i].isSpread {
        try node.elements[i].node.locating { try Operations.forEach(value, c) { list.append($0) } }
      } else {
        list.append(value)
      }
    }
    return .list(list)
  }
}

/// A record of names that are known: its shape is made once.
final class ShapedRecordCode: Code {
  let shape: KeyTable
  let values: CodeList
  init(_ names: [Text], _ values: [Code]) {
    let model = RecordStorage()
    for name in names { model[name] = .null }
    shape = model.table
    self.values = CodeList(values)
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let record = RecordStorage(capacity: values.count)
    for i in 0..<values.count { (record.values + i).initialize(to: try evaluated(i, record, f, c)) }
    record.table = shape
    return .record(record)
  }

  /// Evaluates one value; where it fails, releases those before it, which the record does not know of.
  @inline(__always) private func evaluated(_ i: Int, _ record: RecordStorage, _ f: Frame, _ c: Context) throws
    -> Value
  {
    do { return try values.value(i, f, c) } catch {
      record.values.deinitialize(count: i)
      throw error
    }
  }
}

final class RecordCode: Code {
  let node: RecordNode
  let parts: [(key: Code?, value: Code)]
  init(_ node: RecordNode, _ parts: [(key: Code?, value: Code)]) {
    self.node = node
    self.parts = parts
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let record = RecordStorage(capacity: parts.count)
    for (i, entry) in node.entries.enumerated() {
      switch entry {
      case .field(let name, _): record[name] = try parts[i].value.value(f, c)
      case .computed(let keyNode, _):
        let key = try parts[i].key!.value(f, c)
        let value = try parts[i].value.value(f, c)
        try keyNode.locating { try record.set(key, value) }
      case .spread(let node):
        let value = try parts[i].value.value(f, c)
        try node.locating { try RecordNode.spread(value, into: record) }
      }
    }
    return .record(record)
  }
}

final class RangeCode: Code {
  let node: RangeNode
  let lower: Code?
  let upper: Code?
  init(_ node: RangeNode, _ lower: Code?, _ upper: Code?) {
    self.node = node
    self.lower = lower
    self.upper = upper
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    let l = try lower?.value(f, c)
    let u = try upper?.value(f, c)
    return try node.locating {
      if let l, let u { return try Operations.range(l, u, isClosed: node.isClosed) }
      return .object(RangeValue(lower: l, upper: u, isClosed: node.isClosed))
    }
  }
}

/// `base[index]` in general.
final class IndexCode: Code {
  let node: IndexNode
  let base: Code
  let index: Code
  private let peeks: Bool
  init(_ node: IndexNode, _ base: Code, _ index: Code) {
    self.node = node
    self.base = base
    self.index = index
    peeks = base.canPeek && index.isPlain
  }
  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if peeks, let place = base.peek(f, c), place.isRecord {
      // A key of a record that stays where it is: looked up without holding the record.
      let key = try index.value(f, c)
      let found: Value? = place.withRecord { record in
        let position: Int
        switch key {
        case .string(let text): position = record.table.find(text)
        case .int(let number): position = record.table.find(number)
        default: return nil
        }
        return position < 0 ? nil : record.values[position]
      }
      if let found { return found }
      return try node.locating { try Operations.index(place.pointee, key, c) }
    }
    let x = try base.value(f, c)
    let y = try index.value(f, c)
    return try node.locating { try Operations.index(x, y, c) }
  }
}

/// `base[index]` with an int: an item of a list mostly.
final class ItemCode: Code {
  let node: IndexNode
  let base: Code
  let index: Code
  /// The index, where it is read without running code; the item can then be looked at where it is, if
  /// the list can.
  private let plainIndex: IntOperand?
  private let peeks: Bool
  /// Where the item is, if the base is a variable of this frame.
  let local: LocalItem?
  init(_ node: IndexNode, _ base: Code, _ index: Code) {
    self.node = node
    self.base = base
    self.index = index
    plainIndex = IntOperand(index)
    peeks = base.canPeek && index.isPlain
    local = LocalItem(base, plainIndex)
  }

  @inline(__always) private func peekBase(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    if let local { local.list(f) } else { base.peek(f, c) }
  }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if peeks, let place = base.peek(f, c) {
      let i = try plainIndex?(f) ?? index.int(f, c)
      if place.isList {
        let item: Value? = place.withList { list in list.position(i).map { list[$0] } }
        if let item { return item }
      } else if place.isRecord {
        let field: Value? = place.withRecord { record in
          let found = record.table.find(i)
          return found < 0 ? nil : record.values[found]
        }
        if let field { return field }
      }
      return try general(place.pointee, i, c)
    }
    let x = try base.value(f, c)
    let i = try index.int(f, c)
    if case .list(let list) = x, let position = list.position(i) { return list[position] }
    return try general(x, i, c)
  }

  override func test(_ f: Frame, _ c: Context) throws -> Bool {
    if peeks, let place = peekBase(f, c), place.isList {
      let i = try plainIndex?(f) ?? index.int(f, c)
      let truth: Bool? = place.withList { list in
        guard list.kind == .bools, let position = list.position(i) else { return nil }
        return list.bools[position]
      }
      if let truth { return truth }
      return try node.locating { try Operations.isTrue(try Operations.index(place.pointee, .int(i), c)) }
    }
    let item = try value(f, c)
    return try node.locating { try Operations.isTrue(item) }
  }

  @inline(never) private func general(_ base: Value, _ i: Int, _ c: Context) throws -> Value {
    try node.locating { try Operations.index(base, .int(i), c) }
  }

  override var canPeek: Bool { peeks && plainIndex != nil }
  override func peek(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    if let local { return local.peek(f) }
    guard let plainIndex, let place = base.peek(f, c), place.isList else { return nil }
    return place.withList { $0.place(plainIndex(f)) }
  }
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? {
    guard let plainIndex, let place = peekBase(f, c), place.isList else { return nil }
    return place.withList { list in
      guard let position = list.position(plainIndex(f)) else { return nil }
      switch list.kind {
      case .floats: return list.floats[position]
      case .values: return (list.values + position).floatIfAny
      case .ints, .bools: return nil
      }
    }
  }
  override var isPlain: Bool { base.isPlain && index.isPlain }
}

/// `base.name`, which remembers the shape that it met and where in it the name stands.
final class MemberCode: Code {
  let node: MemberNode
  let base: Code
  let field: FieldCache
  private let peeks: Bool
  /// Where the base is, if that takes no code to find.
  let path: LocalPath?
  init(_ node: MemberNode, _ base: Code) {
    self.node = node
    self.base = base
    field = FieldCache(node.name)
    peeks = base.canPeek && !node.isOptional
    path = peeks ? LocalPath(base) : nil
  }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    if peeks, let place = base.peek(f, c) {
      if place.isRecord, let field = place.withRecord({ field.find($0) }) { return field.pointee }
      return try general(place.pointee, c)
    }
    let x = try base.value(f, c)
    if case .record(let record) = x, let field = field.find(record) { return field.pointee }
    return try general(x, c)
  }

  @inline(never) private func general(_ base: Value, _ c: Context) throws -> Value {
    try node.locating {
      node.isOptional
        ? try Operations.optionalMember(base, node.name, c) : try Operations.member(base, node.name, c)
    }
  }

  override var canPeek: Bool { peeks }
  @inline(__always) private func peekBase(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    if let path { path.peek(f) } else { base.peek(f, c) }
  }
  override func peek(_ f: Frame, _ c: Context) -> UnsafeMutablePointer<Value>? {
    guard let place = peekBase(f, c), place.isRecord else { return nil }
    return place.withRecord { field.find($0) }
  }
  override func floatIfAny(_ f: Frame, _ c: Context) -> Double? {
    field.reference.float(peekBase(f, c))
  }
  override var isPlain: Bool { base.isPlain }
}

final class LambdaCode: Code {
  let node: LambdaNode
  init(_ node: LambdaNode) { self.node = node }
  override func value(_ f: Frame, _ c: Context) throws -> Value { .function(node.code.makeFunction(f)) }
}
