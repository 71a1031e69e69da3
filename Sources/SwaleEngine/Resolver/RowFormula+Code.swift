extension RowFormula {
  /// Returns the formula that a function of one item is, with the values that it captured; nil where it does
  /// anything that is no formula.
  init?(_ code: FunctionCode, captures: [Value]) {
    guard code.parameters.count == 1, code.result == nil, let item = code.parameters.first,
      item.passing == .plain, item.check == nil, !item.variable.isBoxed,
      let formula = Reader(code: code, item: item.variable, captures: captures).result(of: code.body)
    else { return nil }
    self = formula
  }

  private struct Reader {
    /// Builtins that reduce a column to one value and that tables know.
    static let aggregates: Set<String> = [
      "sum", "mean", "median", "min", "max", "count", "n_distinct", "std", "variance", "first", "last",
      "collect", "any",
      "all", "mode", "quantile", "corr",
    ]
    /// Builtins that give an item for each item of a column, which depends on those around it.
    static let windows: Set<String> = [
      "cumsum", "cummin", "cummax", "lag", "lead", "rank", "dense_rank", "row_number", "ntile",
      "rolling_mean", "rolling_sum", "rolling_min", "rolling_max", "pct_change",
    ]

    /// Builtins without effects that look at a column as a whole, or at other values of several kinds.
    static let ofItems: Set<String> = [
      "len", "contains", "find", "int", "float", "reverse", "replace", "split", "date", "datetime",
    ]

    let code: FunctionCode
    let item: Variable
    let captures: [Value]

    /// Reads what stands where its value is the function's result.
    func result(of node: Node) -> RowFormula? {
      switch node {
      case let node as ReturnNode: return node.value.map(formula) ?? .constant(.null)
      case let node as BlockNode: return only(node).flatMap(result)
      case let node as ConditionalNode: return conditional(node, result)
      default: return nil
      }
    }

    private func formula(_ node: Node) -> RowFormula? {
      switch node {
      case let node as ConstantNode: return constant(node.value)
      case let node as VariableNode: return variable(node.variable)
      case let node as MemberNode:
        if isItem(node.base) { return node.isOptional ? nil : .field(node.name.string) }
        return formula(node.base).map { .member($0, node.name, isOptional: node.isOptional) }
      case let node as UnaryNode: return formula(node.operand).map { .unary(node.operation, $0) }
      case let node as BinaryNode:
        guard case .operation(let operation) = node.operation else { return nil }
        return pair(node.left, node.right).map { .binary(operation, $0, $1) }
      case let node as LogicalNode:
        return pair(node.left, node.right).map { left, right in
          switch node.operation {
          case .and: .binary(.and, left, right)
          case .or: .binary(.or, left, right)
          case .coalesce: .binary(.coalesce, left, right)
          }
        }
      case let node as ConditionalNode: return conditional(node, formula)
      case let node as BlockNode: return only(node).flatMap(formula)
      case let node as BuiltinCallNode: return call(node)
      case let node as InterpolationNode: return text(node)
      default: return nil
      }
    }

    private func pair(_ left: Node, _ right: Node) -> (RowFormula, RowFormula)? {
      guard let left = formula(left), let right = formula(right) else { return nil }
      return (left, right)
    }

    /// The one statement of a block that does nothing else.
    private func only(_ block: BlockNode) -> Node? {
      block.statements.count == 1 && block.declared.isEmpty && block.functions.isEmpty && !block.hasDefers
        ? block.statements[0] : nil
    }

    private func conditional(_ node: ConditionalNode, _ branch: (Node) -> RowFormula?) -> RowFormula? {
      guard let condition = formula(node.condition), let then = branch(node.then) else { return nil }
      guard let other = node.otherwise else {
        return .conditional(condition, then: then, otherwise: .constant(.null))
      }
      return branch(other).map { .conditional(condition, then: then, otherwise: $0) }
    }

    private func variable(_ variable: Variable) -> RowFormula? {
      if let global = variable.global { return global.state == .set ? constant(global.value) : nil }
      guard let place = code.captures.firstIndex(where: { $0.inner === variable }) else { return nil }
      if case .object(let object) = captures[place], let box = object as? Box {
        return box.state == .set ? constant(box.value) : nil
      }
      return constant(captures[place])
    }

    private func constant(_ value: Value) -> RowFormula? {
      switch value {
      case .null, .bool, .int, .float, .string, .date, .dateTime, .duration: .constant(value)
      case .list, .record, .function, .object: nil
      }
    }

    private func call(_ node: BuiltinCallNode) -> RowFormula? {
      if Reader.aggregates.contains(node.function.name) { return aggregate(node) }
      if Reader.windows.contains(node.function.name) { return window(node) }
      // A function that means something else for a column, or for null, is not the same item by item.
      guard node.function.overloads.count == 1, let builtin = node.function.overloads.first,
        builtin.isElementwise, !builtin.parameters[0].types.contains(.null),
        builtin.parameters.allSatisfy({ $0.kind == .plain && !$0.types.contains(.column) })
      else {
        guard Reader.ofItems.contains(node.function.name) else { return nil }
        return arguments(node).map { .itemCall(node.function, $0) }
      }
      return arguments(node).map { .call(builtin, $0) }
    }

    private func arguments(_ node: BuiltinCallNode) -> [(label: String?, argument: RowFormula)]? {
      var arguments: [(label: String?, argument: RowFormula)] = []
      for argument in node.arguments {
        guard !argument.isSpread, let part = formula(argument.node) else { return nil }
        arguments.append((argument.label, part))
      }
      return arguments
    }

    private func text(_ node: InterpolationNode) -> RowFormula? {
      var parts: [TextPart] = []
      for piece in node.pieces {
        switch piece {
        case .text(let text): parts.append(.text(text))
        case .value(let value, let format):
          guard let value = formula(value) else { return nil }
          parts.append(.value(value, format))
        }
      }
      return .text(parts)
    }

    private func aggregate(_ node: BuiltinCallNode) -> RowFormula? {
      guard let first = node.arguments.first,
        node.arguments.allSatisfy({ $0.label == nil && !$0.isSpread })
      else { return nil }
      if node.arguments.count == 1, isItem(first.node) { return .aggregate(node.function.name, []) }
      let takesTwo = node.function.name == "quantile" || node.function.name == "corr"
      guard node.arguments.count == (takesTwo ? 2 : 1) else { return nil }
      let arguments = node.arguments.compactMap { formula($0.node) }
      return arguments.count == node.arguments.count ? .aggregate(node.function.name, arguments) : nil
    }

    private func window(_ node: BuiltinCallNode) -> RowFormula? {
      guard let first = node.arguments.first, first.label == nil,
        node.arguments.allSatisfy({ !$0.isSpread })
      else { return nil }
      var isDescending = false
      var arguments: [(label: String?, argument: RowFormula)] = []
      for (i, argument) in node.arguments.enumerated() {
        if i == 0, isItem(argument.node) { continue }
        var part = argument.node
        if i == 0, let key = part as? BuiltinCallNode, key.function.name == "desc",
          key.arguments.count == 1, key.arguments[0].label == nil, !key.arguments[0].isSpread
        {
          isDescending = true
          part = key.arguments[0].node
        }
        guard let part = formula(part) else { return nil }
        arguments.append((argument.label, part))
      }
      return .window(node.function.name, arguments, isDescending: isDescending)
    }

    private func isItem(_ node: Node) -> Bool { (node as? VariableNode)?.variable === item }
  }
}
