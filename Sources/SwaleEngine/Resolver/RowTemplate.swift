/// What a row expression is, before it captured anything: `RowShape` for a function's code.
indirect enum RowTemplate {
  case field(String)
  case fields([FunctionCode])
  case record([(String, FunctionCode)])
  case descending(FunctionCode)
  case general

  /// Recognizes the body of an item function.
  init(_ body: Node, of code: FunctionCode, item: Variable) {
    switch body {
    case let node as MemberNode where !node.isOptional && RowTemplate.isItem(node.base, item):
      self = .field(node.name.string)
    case let node as ListNode where node.elements.allSatisfy({ !$0.isSpread }):
      self = .fields(node.elements.map { RowTemplate.part($0.node, of: code, item: item) })
    case let node as RecordNode:
      var parts: [(String, FunctionCode)] = []
      for entry in node.entries {
        guard case .field(let name, let value) = entry else {
          self = .general
          return
        }
        parts.append((name.string, RowTemplate.part(value, of: code, item: item)))
      }
      self = .record(parts)
    case let node as BuiltinCallNode
    where node.function.name == "desc" && node.arguments.count == 1 && node.arguments[0].label == nil
      && !node.arguments[0].isSpread:
      self = .descending(RowTemplate.part(node.arguments[0].node, of: code, item: item))
    default: self = .general
    }
  }

  private static func isItem(_ node: Node, _ item: Variable) -> Bool {
    (node as? VariableNode)?.variable === item
  }

  /// Returns a part of a row expression as a function of its own, with the same frame and captures.
  private static func part(_ node: Node, of code: FunctionCode, item: Variable) -> FunctionCode {
    let part = FunctionCode(code.name, at: node.at, parent: code.parent)
    part.parameters = code.parameters
    part.captures = code.captures
    part.slotCount = code.slotCount
    part.itemFields = code.itemFields
    part.isItemFunction = true
    part.body = ReturnNode(node.at, node)
    part.shape = RowTemplate(node, of: code, item: item)
    return part
  }

  /// Returns the shape for functions that captured these values.
  func shape(_ captures: [Value]) -> RowShape {
    switch self {
    case .field(let name): .field(name)
    case .fields(let codes): .fields(codes.map { UserFunction($0, captures: captures) })
    case .record(let parts): .record(parts.map { ($0.0, UserFunction($0.1, captures: captures)) })
    case .descending(let code): .descending(UserFunction(code, captures: captures))
    case .general: .general
    }
  }
}
