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
    case .item(let pipe, let prefix, let start): return matching(prefix, start, fields(of: pipe))
    case .stage(let pipe, let prefix, let start): return matching(prefix, start, stages(behind: pipe))
    case .name(let prefix, let start, let called):
      let labels = called.map(labels) ?? []
      return matching(prefix, start, labels + (prefix.isEmpty ? ownNames : ownNames + knownNames))
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
    case .task:
      return matching(
        prefix, start,
        session.tasks.map { .init(text: String($0.id), label: String($0.id), summary: $0.name) })
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

  /// The labels that a function's arguments may have.
  private func labels(of function: String) -> [Completion.Candidate] {
    let name = function.split(separator: ".").map(String.init)
    guard let last = name.last else { return [] }
    let builtin = name.count == 2 ? Builtins.modules[name[0]]?[last] : nil
    var found: [String] = []
    if let own = session.names.first(where: { $0.name == last }), let signature = own.signature {
      found = Completer.parameters(of: signature)
    } else if let builtin = builtin ?? Builtins.prelude[last] {
      found = builtin.overloads.flatMap { overload in
        // The first argument is the subject; nobody labels it.
        overload.parameters.dropFirst().filter { $0.kind == .plain }.map(\.name)
      }
    }
    return found.map { .init(text: $0, label: $0 + ":", ending: ": ") }
  }

  /// Returns the names of the parameters in what help shows of a function.
  private static func parameters(of signature: String) -> [String] {
    guard let open = signature.firstIndex(of: "(") else { return [] }
    return signature[signature.index(after: open)...].split(separator: ",").compactMap { part in
      let name = part.drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      return name.isEmpty ? nil : String(name)
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
    return Completer.keys(of: value) + methods(of: value.type)
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

  /// Functions that can be written behind a value of a type, or of any.
  private func methods(of type: TypeSet?) -> [Completion.Candidate] {
    let own = session.names.compactMap { info -> Completion.Candidate? in
      guard case .function(let function)? = info.value, function.arity.most != 0 else { return nil }
      return .init(text: info.name, label: info.name, summary: info.signature ?? "")
    }
    return own
      + Builtins.prelude.compactMap { name, function in
        let fits = function.overloads.contains { overload in
          guard let first = overload.parameters.first else { return false }
          guard let type else { return true }
          // A function of anything, such as print, says nothing about this value.
          return first.types != .any && first.types.contains(type)
        }
        return fits ? Completer.candidate(name, function) : nil
      }
  }

  // MARK: Pipes

  /// The fields of the items that flow through a pipe.
  private func fields(of pipe: String) -> [Completion.Candidate] {
    // Where that cannot be known, what any table of the session has may be meant.
    let names =
      PipeFields(session).names(of: pipe)
      ?? session.names.compactMap(\.value).compactMap(PipeFields.names).joined().map { $0 }
    return names.filter(Completer.isName).map { .init(text: $0, label: $0) }
  }

  /// The functions that may be the next stage of a pipe.
  private func stages(behind pipe: String) -> [Completion.Candidate] {
    let transforms = session.transforms.map {
      Completion.Candidate(text: $0, label: $0, summary: "transform")
    }
    let flowsRecords = PipeFields(session).names(of: pipe) != nil
    return transforms + methods(of: flowsRecords ? .table : nil)
  }
}
