/// A caught error, or one that was passed on as a value.
public final class ErrorValue: ObjectValue {
  public let error: SwaleError

  public init(_ error: SwaleError) { self.error = error }

  public override var type: TypeSet { .error }

  /// Errors are equal where they say the same, wherever they were raised.
  public override func isEqual(to other: ObjectValue) -> Bool {
    guard let other = other as? ErrorValue else { return false }
    return error === other.error
      || error.kind == other.error.kind && error.message == other.error.message
        && Value.isEqual(error.data, other.error.data)
  }

  public override var memberNames: [String] { ["kind", "message", "data", "line", "column", "trace"] }

  public override func member(_ name: Text, _ context: Context) -> Value? {
    switch name.string {
    case "kind": .text(error.kind.name)
    case "message": .text(error.message)
    case "data": error.data
    case "line": error.location.map { .int($0.position.line) } ?? .null
    case "column": error.location.map { .int($0.position.column) } ?? .null
    case "trace": trace
    default: nil
    }
  }

  /// The calls that were running, innermost first, each a record of a function and a place.
  private var trace: Value {
    let list = ListStorage()
    for call in error.trace {
      let position = call.location.position
      list.append(
        .record(
          RecordStorage([
            "function": .text(call.function), "file": .text(call.location.source.name),
            "line": .int(position.line), "column": .int(position.column),
          ])))
    }
    return .list(list)
  }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    if !isDisplay { return writer.write(error.message) }
    writer.write("error(")
    writer.writeQuoted(Text.of(error.message))
    writer.write(", kind: ")
    writer.writeQuoted(Text.of(error.kind.name))
    if !error.data.isNull {
      writer.write(", data: ")
      writer.write(error.data, isDisplay: true)
    }
    writer.write(")")
  }
}
