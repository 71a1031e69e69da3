import SwaleSyntax

extension Operations {
  /// Returns `base.name`; raises `key` where a record or object has no such member.
  public static func member(_ base: Value, _ name: Text, _ c: Context) throws -> Value {
    switch base {
    case .record(let record):
      let position = record.find(name)
      if position < 0 { throw missingKey(.string(name), record) }
      return record.values[position]
    case .object(let object):
      if let value = try object.member(name, c) { return value }
      throw missingMember(base, name)
    default: throw missingMember(base, name)
    }
  }

  /// Returns `base?.name`: null where the base is null or has no such member.
  public static func optionalMember(_ base: Value, _ name: Text, _ c: Context) throws -> Value {
    switch base {
    case .null: return .null
    case .record(let record):
      let position = record.find(name)
      return position < 0 ? .null : record.values[position]
    case .object(let object):
      if let value = try object.member(name, c) { return value }
      if !object.memberNames.isEmpty { return .null }
      throw missingMember(base, name)
    default: throw missingMember(base, name)
    }
  }

  @inline(never) private static func missingMember(_ base: Value, _ name: Text) -> SwaleError {
    let string = name.string
    if case .null = base {
      return SwaleError(.type, "null has no member \(string)", hint: "`x?.\(string)` is null where x is null")
    }
    var names: [String] = []
    if case .object(let object) = base { names = object.memberNames }
    var hint = suggestion(for: string, among: names)
    if hint == nil, let function = Builtins.prelude[string], function.takesFirst(base.type) {
      hint = "call it: .\(string)()"
    }
    hint = hint ?? ForeignWords.functionHint(for: string)
    if hint == nil, case .list(let list) = base, list.count > 0, case .record = list[0] {
      hint = "it is a list of records: xs | map .\(string) takes the member of each"
    }
    if hint == nil, !names.isEmpty, names.count <= 12 { hint = "it has \(names.joined(separator: ", "))" }
    return SwaleError(
      names.isEmpty ? .type : .key, "\(base.typeNameWithArticle) has no member \(string)", hint: hint)
  }
}

extension BuiltinFunction {
  /// True if the function can be called with a first argument of the type.
  func takesFirst(_ type: TypeSet) -> Bool {
    overloads.contains { $0.parameters.first.map { $0.types.contains(type) } ?? false }
  }
}
