import SwaleEngine
import SwaleSyntax

/// Finds what the text before the cursor may become.
struct Completer {
  private let session: Session
  private let home: String?

  init(session: Session, home: String?) {
    self.session = session
    self.home = home
  }

  func complete(_ text: String, cursor: Int) -> Completion? {
    switch CompletionContext(text: text, cursor: cursor) {
    case .nothing: return nil
    case .command(let prefix, let start):
      return matching(
        prefix, start,
        PromptCommand.all.map {
          .init(text: $0.name, label: $0.name, summary: $0.summary, ending: $0.arguments.isEmpty ? "" : " ")
        })
    case .argument(let command, let prefix, let start):
      return PromptCommand.named(command).flatMap { argument($0.argument, prefix, start) }
    case .path(let path, let start, let closing):
      return PathCompletion.complete(path, start: start, closing: closing, home: home)
    case .member(let receiver, let prefix, let start):
      return matching(prefix, start, members(of: receiver))
    case .item(let source, let prefix, let start):
      return matching(prefix, start, fields(of: source))
    case .name(let prefix, let start):
      return matching(prefix, start, prefix.isEmpty ? ownNames : ownNames + knownNames)
    }
  }

  private func matching(
    _ prefix: String, _ start: Int, _ candidates: [Completion.Candidate]
  ) -> Completion {
    var seen: Set<String> = []
    let found = candidates.filter {
      $0.text.hasPrefix(prefix) && ($0.text != prefix || !$0.ending.isEmpty)
        && seen.insert($0.text).inserted
    }
    return Completion(start: start, candidates: found.sorted { $0.text < $1.text })
  }

  private func argument(
    _ kind: PromptCommand.Argument, _ prefix: String, _ start: Int
  ) -> Completion? {
    switch kind {
    case .none, .expression, .number: return nil
    case .file:
      return PathCompletion.complete(prefix, start: start, closing: "", home: home, suffixes: [".swale"])
    case .folder:
      return PathCompletion.complete(prefix, start: start, closing: "", home: home, foldersOnly: true)
    case .example:
      return matching(
        prefix, start,
        Example.all.map {
          .init(text: $0.name, label: $0.name, summary: $0.summary)
        })
    case .engine:
      return matching(prefix, start, EngineKind.allCases.map { .init(text: $0.rawValue, label: $0.rawValue) })
    case .function: return matching(prefix, start, ownNames)
    case .helpName:
      let topics = Topic.all.map { Completion.Candidate(text: $0.name, label: $0.name, summary: $0.summary) }
      let commands = PromptCommand.all.map {
        Completion.Candidate(text: $0.name, label: $0.name, summary: $0.summary)
      }
      if let dot = prefix.lastIndex(of: ".") {
        let module = String(prefix[..<dot])
        let bytes = prefix[...dot].utf8.count
        return matching(String(prefix[prefix.index(after: dot)...]), start + bytes, moduleNames(module))
      }
      return matching(prefix, start, topics + commands + ownNames + knownNames)
    }
  }

  // MARK: Names

  /// What was declared in this session.
  private var ownNames: [Completion.Candidate] {
    session.names.map { info in
      let summary = info.signature ?? info.value.map { BoundedText.cut($0, limit: 50) } ?? ""
      return .init(text: info.name, label: info.name, summary: summary)
    }
  }

  /// Builtins, modules and keywords.
  private var knownNames: [Completion.Candidate] {
    Builtins.prelude.map { Completer.candidate($0.key, $0.value) }
      + Set(Builtins.modules.keys).union(Builtins.constants.keys).map {
        .init(text: $0, label: $0, summary: "module")
      }
      + Completer.keywords.map { .init(text: $0, label: $0) }
  }

  private static let keywords = [
    "and", "await", "break", "catch", "continue", "defer", "else", "fail", "false", "fn", "for",
    "if", "in", "let", "match", "not", "null", "or", "return", "transform", "true", "try", "use",
    "var", "while",
  ]

  private static func candidate(_ name: String, _ function: BuiltinFunction) -> Completion.Candidate {
    let summary = function.overloads[0].summary.split(separator: "\n").first ?? ""
    return .init(text: name, label: name, summary: String(summary))
  }

  private func moduleNames(_ module: String) -> [Completion.Candidate] {
    session.names(ofModule: module).map { name in
      Builtins.modules[module]?[name].map { Completer.candidate(name, $0) }
        ?? .init(text: name, label: name)
    }
  }

  // MARK: Members

  private func members(of receiver: [String]?) -> [Completion.Candidate] {
    guard let receiver else { return methods(of: nil) }
    if receiver.count == 1 {
      let names = moduleNames(receiver[0])
      if !names.isEmpty, session.names.first(where: { $0.name == receiver[0] })?.value == nil { return names }
    }
    guard let value = value(of: receiver) else { return methods(of: nil) }
    return Completer.keys(of: value) + methods(of: value)
  }

  /// Returns the value of a chain of names, looked up without running anything.
  private func value(of chain: [String]) -> Value? {
    guard let first = chain.first,
      var value = session.names.first(where: { $0.name == first })?.value
    else { return nil }
    for name in chain.dropFirst() {
      guard case .record(let record) = value, let inner = record[name] else { return nil }
      value = inner
    }
    return value
  }

  private static func keys(of value: Value) -> [Completion.Candidate] {
    switch value {
    case .record(let record):
      var found: [Completion.Candidate] = []
      record.forEach { key, value in
        guard case .string(let text) = key, found.count < 1000 else { return }
        let name = String(decoding: text.bytes, as: UTF8.self)
        if isName(name) { found.append(.init(text: name, label: name, summary: value.typeName)) }
      }
      return found
    case .object(let object):
      return object.memberNames.filter(isName).map { .init(text: $0, label: $0) }
    default: return []
    }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return (first == "_" || first.properties.isAlphabetic)
      && text.unicodeScalars.allSatisfy {
        $0 == "_" || $0.properties.isAlphabetic || $0.properties.generalCategory == .decimalNumber
      }
  }

  /// Functions that can be written behind a value.
  private func methods(of value: Value?) -> [Completion.Candidate] {
    let own = session.names.compactMap { info -> Completion.Candidate? in
      guard case .function(let function)? = info.value, function.arity.most != 0 else { return nil }
      return .init(text: info.name, label: info.name, summary: info.signature ?? "")
    }
    return own
      + Builtins.prelude.compactMap { name, function in
        let fits = function.overloads.contains { overload in
          guard let first = overload.parameters.first else { return false }
          guard let value else { return true }
          // A function of anything, such as print, says nothing about this value.
          return first.types != .any && first.types.contains(value.type)
        }
        return fits ? Completer.candidate(name, function) : nil
      }
  }

  /// The fields of the items that flow through a pipe.
  private func fields(of source: [String]?) -> [Completion.Candidate] {
    if let source, let value = value(of: source) {
      let columns = Completer.columns(of: value)
      if !columns.isEmpty { return columns }
    }
    // The head is an expression: what any table of the session has may be meant.
    return session.names.compactMap(\.value).flatMap(Completer.columns)
  }

  private static func columns(of value: Value) -> [Completion.Candidate] {
    switch value {
    case .object(let object) where object.type == .table: return keys(of: value)
    case .list(let list) where list.count > 0:
      if case .record = list[0] { return keys(of: list[0]) }
      return []
    default: return []
    }
  }
}
