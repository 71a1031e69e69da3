import SwaleEngine
import SwaleSyntax

extension Prompt {
  /// `:help`
  func help(_ name: String) {
    guard !name.isEmpty else {
      Help.overview(isPrompt: true).forEach(console.writeLine)
      return
    }
    let help = Help(session: session, console)
    guard let lines = help.lines(about: name) ?? help.lines(about: ":" + name) else {
      console.report(
        "there is no help on \(VisibleText.of(name))", hint: help.suggestion(for: name))
      return
    }
    lines.forEach(console.writeLine)
  }

  /// `:type`
  func showType(_ code: String) {
    guarded {
      let value = try session.evaluate(Source(name: "<prompt>", text: code), keepsNames: false)
      console.writeLine(try session.onStack { try TypeDescription.of(value, $0) })
    }
  }

  /// `:vars`
  func showNames() {
    let names = session.names.filter { $0.location?.source.name != "<session>" }
    guard !names.isEmpty else {
      console.writeLine(console.styled("nothing is declared yet", .dim))
      return
    }
    let rows = names.map { info -> [String?] in
      let kind = info.value?.typeName ?? (info.signature == nil ? "not set" : "module")
      let preview = info.signature ?? info.value.map { BoundedText.cut($0, limit: 100) }
      return [info.name, (info.isMutable ? "var " : "") + kind, preview]
    }
    let view = TableView(
      columns: [.init("name", ""), .init("type", ""), .init("value", "")], rowCount: rows.count
    ) { rows[$0][$1] }
    let size = console.size
    TableRenderer(columns: size.columns, height: rows.count + 3, isColored: console.isColored)
      .lines(view).enumerated().filter { $0.offset != 1 }.forEach { console.writeLine($0.element) }
  }

  /// `:engine`
  func engine(_ name: String) {
    guard !name.isEmpty else {
      console.writeLine(session.engine.rawValue)
      return
    }
    guard let engine = EngineKind(rawValue: name) else {
      let names = EngineKind.allCases.map(\.rawValue)
      console.report(
        "there is no engine \(VisibleText.of(name))",
        hint: closestName(to: name, among: names).map { "did you mean \($0)?" }
          ?? "it is " + names.joined(separator: " or "))
      return
    }
    session.engine = engine
    console.writeLine("engine: \(engine.rawValue)")
  }
}

/// What `:type` says about a value.
enum TypeDescription {
  static func of(_ value: Value, _ context: Context) throws -> String {
    switch value {
    case .list(let list):
      guard list.count > 0 else { return "list, empty" }
      var types = TypeSet()
      let looked = min(list.count, 10_000)
      for index in 0..<looked { types.formUnion(list[index].type) }
      return "list of \(TableRenderer.count(list.count, "item")): "
        + (looked < list.count ? "at first " : "") + types.name
    case .record(let record):
      var fields: [String] = []
      record.forEach { key, value in
        if fields.count < 50 { fields.append(BoundedText.key(key, limit: 40) + ": " + value.typeName) }
      }
      if record.count > fields.count { fields.append("…") }
      return "record {" + fields.joined(separator: ", ") + "}"
    case .function(let function):
      let signature = function.signature
      return "function " + (signature.hasPrefix("(") ? function.name + signature : signature)
    default:
      guard let view = try TableView.of(value, context) else { return value.typeName }
      let columns = view.columns.map { VisibleText.of($0.name) + ": " + $0.type }
      return "table of \(TableRenderer.count(view.rowCount, "row")) {" + columns.joined(separator: ", ")
        + "}"
    }
  }
}
