import SwaleEngine
import SwaleSyntax
import SwaleTables

/// Finds the fields of the items that flow through a pipe by looking at its stages, without running
/// them. Only the head of a table's file is read, where the pipe begins with it.
struct PipeFields {
  private let session: Session

  init(_ session: Session) { self.session = session }

  /// Returns the names of the fields; nil where they cannot be known.
  func names(of code: String) -> [String]? {
    let source = Source(name: "<completion>", text: code)
    guard
      let program = try? session.onStack({ _ in try Parser.parse(source, transforms: session.transforms) }),
      let statement = program.statements.last
    else { return nil }
    switch statement.kind {
    case .expression(let expression), .binding(_, _, let expression, _),
      .assignment(_, _, let expression):
      return names(of: expression, in: source)
    default: return nil
    }
  }

  /// Returns the columns of a table, or the keys of a list's first record.
  static func names(of value: Value) -> [String]? {
    switch value {
    case .object(let table as TableValue): return table.columnNames
    case .list(let list) where list.count > 0:
      guard case .record(let record) = list[0] else { return nil }
      return record.keys.compactMap { key in
        if case .string(let text) = key { text.string } else { nil }
      }
    default: return nil
    }
  }

  private func names(of expression: Expression, in source: Source) -> [String]? {
    switch expression.kind {
    case .name(let name):
      return session.names.first { $0.name == name }?.value.flatMap(PipeFields.names)
    case .parenthesized(let inner): return names(of: inner, in: source)
    case .member(let base, let name, _):
      guard case .record(let record)? = value(of: base) else { return nil }
      return record[name.text].flatMap(PipeFields.names)
    case .list(let elements): return elements.first.flatMap { PipeFields.fields(of: $0.value) }
    case .call(let function, let arguments):
      guard case .name("read") = function.kind else { return nil }
      return namesOfFile(arguments, code: source.text(expression.span))
    case .pipe(let input, let stage):
      guard case .named(let path, let arguments) = stage.kind, let verb = path.last?.text else { return nil }
      return after(verb, arguments, names(of: input, in: source), in: source)
    case .method(let receiver, let verb, let arguments, _):
      return after(verb.text, arguments, names(of: receiver, in: source), in: source)
    default: return nil
    }
  }

  private func value(of expression: Expression) -> Value? {
    switch expression.kind {
    case .name(let name): return session.names.first { $0.name == name }?.value
    case .member(let base, let name, _):
      guard case .record(let record)? = value(of: base) else { return nil }
      return record[name.text]
    default: return nil
    }
  }

  /// Reading such a file looks at its first part only.
  private func namesOfFile(_ arguments: [Argument], code: String) -> [String]? {
    guard case .string(let path)? = arguments.first?.value.kind,
      [".csv", ".tsv"].contains(where: path.hasSuffix),
      arguments.dropFirst().allSatisfy({ PipeFields.isLiteral($0.value) })
    else { return nil }
    let warn = session.runtime.warn
    session.runtime.warn = { _ in }
    defer { session.runtime.warn = warn }
    let source = Source(name: "<completion>", text: code)
    return (try? session.evaluate(source, keepsNames: false)).flatMap(PipeFields.names)
  }

  private static func isLiteral(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .null, .bool, .int, .float, .string: true
    default: false
    }
  }

  // MARK: Stages

  /// Returns the fields behind a stage.
  private func after(
    _ verb: String, _ arguments: [Argument], _ input: [String]?, in source: Source
  ) -> [String]? {
    let labels = arguments.compactMap(\.label?.text)
    let items = arguments.filter { $0.label == nil }.compactMap { PipeFields.itemName($0.value) }
    switch verb {
    case "where", "sort", "take", "skip", "distinct", "sample", "append", "fill", "drop_nulls", "explode":
      return input
    case "derive", "window":
      return input.map { fields in
        fields + labels.filter { !["by", "order", "workers"].contains($0) && !fields.contains($0) }
      }
    case "select": return items + labels
    case "drop": return input?.filter { !items.contains($0) }
    case "rename":
      let old = arguments.compactMap { PipeFields.itemName($0.value) }
      return input.map { $0.filter { !old.contains($0) } + labels }
    case "summarize":
      let keys = arguments.filter { $0.label?.text == "by" }.flatMap { PipeFields.keys($0.value) }
      return keys + labels.filter { $0 != "by" }
    case "unpivot":
      let dropped = items + arguments.filter { $0.label == nil }.flatMap { PipeFields.keys($0.value) }
      return input.map { fields in
        fields.filter { !dropped.contains($0) }
          + ["name", "value"].map { PipeFields.string(labelled: $0, among: arguments) ?? $0 }
      }
    case "tally": return (items.isEmpty ? ["value"] : items) + ["count"]
    case "join":
      let other = arguments.first { $0.label == nil }.flatMap { names(of: $0.value, in: source) }
      return input.map { fields in
        let keys = arguments.filter { $0.label?.text == "on" }.flatMap { PipeFields.keys($0.value) }
        return fields
          + (other ?? []).filter { !keys.contains($0) }
          .map { fields.contains($0) ? $0 + "_right" : $0 }
      }
    case "map": return arguments.first.flatMap { PipeFields.fields(of: $0.value) }
    case "schema": return ["column", "type"]
    default: return session.transforms.contains(verb) ? input : nil
    }
  }

  /// The string that an argument of a name is.
  private static func string(labelled label: String, among arguments: [Argument]) -> String? {
    for argument in arguments where argument.label?.text == label {
      if case .string(let text) = argument.value.kind { return text }
    }
    return nil
  }

  /// `.name`, also where `desc` or the like is around it.
  private static func itemName(_ expression: Expression) -> String? {
    switch expression.kind {
    case .member(let base, let name, _):
      if case .item = base.kind { return name.text }
      return nil
    case .parenthesized(let inner): return itemName(inner)
    default: return nil
    }
  }

  /// The names of `.a`, `[.a, .b]` and `{name: expr}`.
  private static func keys(_ expression: Expression) -> [String] {
    switch expression.kind {
    case .list(let elements): elements.compactMap { itemName($0.value) }
    case .record: fields(of: expression) ?? []
    default: itemName(expression).map { [$0] } ?? []
    }
  }

  /// The fields of a record as it is written, also as the body of a lambda.
  private static func fields(of expression: Expression) -> [String]? {
    switch expression.kind {
    case .record(let entries):
      return entries.compactMap { entry in
        if case .field(let name, _) = entry { name.text } else { nil }
      }
    case .parenthesized(let inner): return fields(of: inner)
    case .lambda(let lambda): return fields(of: lambda.body)
    default: return nil
    }
  }
}
