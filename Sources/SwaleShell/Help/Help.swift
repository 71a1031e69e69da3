import SwaleEngine
import SwaleSyntax

/// Finds and lays out what help shows about a name.
struct Help {
  private let session: Session?
  private let console: Console

  init(session: Session?, _ console: Console) {
    self.session = session
    self.console = console
    Builtins.installAll()
  }

  /// The page without a name.
  static func overview(isPrompt: Bool) -> [String] {
    var lines = [
      "Swale is a small language for exploring data and for scripts. Some things to type:",
      "",
      "  1 + 2",
      "  [3, 1, 2] | sort | map . * 10",
      "  let t = read(\"orders.csv\")",
      "  t | where .qty > 3 | summarize n: count(), by: .region",
      "",
      isPrompt ? "Topics (:help NAME):" : "Topics (swale help NAME):",
    ]
    let width = Topic.all.map(\.name.count).max() ?? 0
    lines += Topic.all.map {
      "  " + $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.summary
    }
    lines += ["", "A NAME can also be a function, such as split, or a module, such as math."]
    if isPrompt {
      lines += ["", "Commands:"] + PromptCommand.summaryLines
    }
    return lines
  }

  /// Returns what is known about a name; nil where there is nothing.
  func lines(about name: String) -> [String]? {
    if let command = PromptCommand.named(name) { return [command.usage, "  " + command.summary] }
    if let own = session?.names.first(where: { $0.name == name }), own.location?.source.name != "<session>" {
      return describe(own)
    }
    var lines: [String] = []
    if let overloads = overloads(of: name) {
      lines += describe(overloads)
      let related = RelatedNames.related(to: name)
      if !related.isEmpty {
        lines.append(console.styled("  see also: " + related.joined(separator: ", "), .dim))
      }
    }
    if let module = module(name) { lines += (lines.isEmpty ? [] : [""]) + module }
    if let topic = Topic.named(name), lines.isEmpty || topic.name == name {
      lines += (lines.isEmpty ? [] : [""]) + page(topic)
    }
    return lines.isEmpty ? nil : lines
  }

  func suggestion(for name: String) -> String {
    let known =
      Topic.all.flatMap { [$0.name] + $0.words } + Array(Builtins.prelude.keys)
      + Array(Builtins.modules.keys) + PromptCommand.all.map(\.name)
      + (session?.names.map(\.name) ?? [])
    return closestName(to: name, among: known).map { "did you mean \($0)?" }
      ?? "without a name help lists the topics"
  }

  // MARK: Pages

  private func page(_ topic: Topic) -> [String] {
    let heading = console.styled(topic.name, .heading) + ": " + topic.summary
    return [heading, ""]
      + topic.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.hasPrefix("    ") ? console.styled(String(line), .function) : String(line)
      }
  }

  /// Describes all declarations of a name; those that differ in what they take only, once.
  private func describe(_ overloads: [Builtin]) -> [String] {
    var seen: Set<String> = []
    return overloads.filter { seen.insert($0.signature + $0.summary).inserted }.flatMap { describe($0) }
  }

  private func describe(_ builtin: Builtin) -> [String] {
    var lines = [console.styled(builtin.signature, .heading)]
    lines += builtin.summary.split(separator: "\n").map { "  " + $0 }
    if !builtin.example.code.isEmpty {
      lines.append("  " + console.styled(builtin.example.code + "  # " + builtin.example.result, .function))
    }
    return lines
  }

  private func describe(_ own: Session.NameInfo) -> [String] {
    var lines: [String] = []
    if let signature = own.signature {
      lines.append(console.styled(signature.hasPrefix(own.name) ? signature : own.name + signature, .heading))
    } else {
      let type = own.value?.typeName ?? "a name without a value"
      lines.append(console.styled(own.name, .heading) + ": \(own.isMutable ? "var" : "let"), \(type)")
    }
    if let documentation = own.documentation {
      lines += documentation.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    }
    if let location = own.location {
      lines.append(console.styled("  declared at \(location.source.name):\(location.position.line)", .dim))
    }
    return lines
  }

  private func overloads(of name: String) -> [Builtin]? {
    let parts = name.split(separator: ".").map(String.init)
    switch parts.count {
    case 1: return Builtins.prelude[name]?.overloads
    case 2: return Builtins.modules[parts[0]]?[parts[1]]?.overloads
    default: return nil
    }
  }

  private func module(_ name: String) -> [String]? {
    let functions = (Builtins.modules[name] ?? [:]).values.flatMap(\.overloads)
      .sorted { $0.name < $1.name }
    let constants = (Builtins.constants[name] ?? [:]).keys.sorted()
    guard !functions.isEmpty || !constants.isEmpty else { return nil }
    var lines = [console.styled("module \(name)", .heading)]
    let width = min(36, functions.map(\.signature.count).max() ?? 0)
    for function in functions {
      let signature = function.signature
      let gap = String(repeating: " ", count: max(2, width - signature.count + 2))
      lines.append("  " + signature + gap + (function.summary.split(separator: "\n").first ?? ""))
    }
    if !constants.isEmpty { lines.append("  constants: " + constants.joined(separator: ", ")) }
    return lines
  }
}
