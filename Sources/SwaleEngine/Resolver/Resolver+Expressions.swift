import SwaleSyntax

extension Resolver {
  func resolve(_ expression: Expression) -> Node {
    let location = at(expression.span)
    switch expression.kind {
    case .null: return ConstantNode(location, .null)
    case .bool(let value): return ConstantNode(location, .bool(value))
    case .int(let value): return ConstantNode(location, .int(value))
    case .float(let value): return ConstantNode(location, .float(value))
    case .duration(let value): return ConstantNode(location, .duration(value))
    case .date(let value): return ConstantNode(location, .date(value))
    case .dateTime(let value): return ConstantNode(location, .dateTime(value))
    case .string(let value): return ConstantNode(location, .text(value))
    case .interpolation(let pieces): return resolve(pieces, location)
    case .name(let name): return resolveName(name, expression.span)
    case .item: return resolveItem(expression.span, field: nil)
    case .list(let elements):
      return ListNode(location, elements.map { (resolve($0.value), $0.isSpread) })
    case .record(let entries): return resolve(entries, location)
    case .unary(let operation, let operand): return resolveUnary(operation, operand, location)
    case .binary(let operation, let left, let right, _):
      return resolveBinary(operation, left, right, location)
    case .range(let lower, let upper, let isClosed):
      return RangeNode(location, lower.map { resolve($0) }, upper.map { resolve($0) }, isClosed: isClosed)
    case .call(let callee, let arguments): return resolveCall(callee, arguments, location)
    case .method(let receiver, let name, let arguments, let isOptional):
      // A receiver on lines above is not what an error of the call points at.
      let isOnLaterLine =
        source.lineNumber(of: Int(name.span.lower)) > source.lineNumber(of: Int(receiver.span.lower))
      return resolveMethod(
        receiver, name, arguments, isOptional: isOptional,
        isOnLaterLine ? at(Span(Int(name.span.lower), Int(expression.span.upper))) : location)
    case .index(let base, let index): return IndexNode(location, resolve(base), resolve(index))
    case .member(let base, let name, let isOptional): return resolveMember(base, name, isOptional, location)
    case .lambda(let lambda): return resolve(lambda, expression.span)
    case .pipe(let input, let stage): return resolve(stage, input: resolve(input))
    case .conditional(let condition, let then, let otherwise):
      return ConditionalNode(location, resolve(condition), resolve(then), otherwise.map { resolve($0) })
    case .block(let block): return resolve(block)
    case .match(let subject, let arms): return resolveMatch(subject, arms, location)
    case .tryCatch(let body, let error, let handler):
      let body = resolve(body)
      return withScope(block: nil) {
        let variable = declare(error.text, isMutable: false, error.span, isStatement: false)
        return TryCatchNode(location, body, variable, resolve(handler))
      }
    case .tryElse(let body, let fallback): return TryElseNode(location, resolve(body), resolve(fallback))
    case .fail(let value): return FailNode(location, resolve(value))
    case .returning(let value):
      if functions.count == 1 || isInDefer {
        report(
          .syntax,
          isInDefer ? "`return` cannot leave a deferred block" : "`return` stands outside of a function",
          expression.span, hint: isInDefer ? nil : "exit(n) ends a script")
      }
      return ReturnNode(location, value.map { resolve($0) })
    case .breaking:
      checkLoop("break", expression.span)
      return BreakNode(location)
    case .continuing:
      checkLoop("continue", expression.span)
      return ContinueNode(location)
    case .parenthesized(let inner): return resolve(inner)
    case .spawn(let call): return resolveSpawn(call, location)
    case .await(let value): return AwaitNode(location, resolve(value))
    case .receive(let channel): return ReceiveNode(location, resolve(channel))
    case .select(let arms): return resolveSelect(arms, location)
    case .scope(let block): return ScopeNode(location, resolve(block))
    case .timeout(let duration, let block): return TimeoutNode(location, resolve(duration), resolve(block))
    }
  }

  private func checkLoop(_ word: String, _ span: Span) {
    if loopDepth > 0 { return }
    report(
      .syntax, isInDefer ? "`\(word)` cannot leave a deferred block" : "`\(word)` stands outside of a loop",
      span,
      hint: functions.count > 1 && !isInDefer
        ? "a function is left with return; a loop around it cannot be left from inside" : nil)
  }

  private func resolve(_ pieces: [InterpolationPiece], _ location: Location) -> Node {
    InterpolationNode(
      location,
      pieces.map { piece in
        switch piece {
        case .text(let text): .text(Text.of(text))
        case .value(let value, let specification): .value(resolve(value), specification)
        }
      })
  }

  private func resolve(_ entries: [RecordEntry], _ location: Location) -> Node {
    RecordNode(
      location,
      entries.map { entry in
        switch entry {
        case .field(let name, let value): .field(Text.of(name.text), resolve(value))
        case .computed(let key, let value): .computed(resolve(key), resolve(value))
        case .spread(let value): .spread(resolve(value))
        }
      })
  }

  private func resolveUnary(_ operation: UnaryOperator, _ operand: Expression, _ location: Location) -> Node {
    let node = resolve(operand)
    if operation == .negate, let constant = node as? ConstantNode {
      switch constant.value {
      case .int(let value) where value != Int.min: return ConstantNode(location, .int(-value))
      case .float(let value): return ConstantNode(location, .float(-value))
      case .duration(let value) where value != Int.min: return ConstantNode(location, .duration(-value))
      default: break
      }
    }
    return UnaryNode(location, operation == .negate ? .negate : .not, node)
  }

  private func resolveBinary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ location: Location
  ) -> Node {
    let l = resolve(left)
    let r = resolve(right)
    let resolved: BinaryNode.Operator
    switch operation {
    case .coalesce: return LogicalNode(location, .coalesce, l, r)
    case .or: return LogicalNode(location, .or, l, r)
    case .and: return LogicalNode(location, .and, l, r)
    case .contained: resolved = .contained
    case .notContained: resolved = .notContained
    case .equal: resolved = .operation(.equal)
    case .notEqual: resolved = .operation(.notEqual)
    case .less: resolved = .operation(.less)
    case .lessEqual: resolved = .operation(.lessEqual)
    case .greater: resolved = .operation(.greater)
    case .greaterEqual: resolved = .operation(.greaterEqual)
    case .add: resolved = .operation(.add)
    case .subtract: resolved = .operation(.subtract)
    case .multiply: resolved = .operation(.multiply)
    case .divide: resolved = .operation(.divide)
    case .floorDivide: resolved = .operation(.floorDivide)
    case .remainder: resolved = .operation(.remainder)
    case .power: resolved = .operation(.power)
    }
    return BinaryNode(location, resolved, l, r)
  }

  // MARK: Names

  func resolveName(_ name: String, _ span: Span) -> Node {
    switch bindings(of: name).first {
    case .variable(let variable)?: return VariableNode(at(span), localized(variable, span))
    case .module(let module)?:
      report(
        .type, "\(name) is a module, not a value", span,
        hint: "write \(name).name for what is in it: "
          + module.exports.keys.sorted().joined(separator: ", "))
      return placeholder(span)
    case .missing?: return placeholder(span)
    case nil: break
    }
    if let function = Builtins.prelude[name] { return ConstantNode(at(span), .function(function)) }
    if let module = Builtins.modules[name] {
      report(
        .type, "\(name) is a module, not a value", span,
        hint: "write \(name).name for what is in it, such as \(name).\(module.keys.min() ?? "")")
    } else {
      reportUnknown(name, span)
    }
    return placeholder(span)
  }

  /// Resolves `.`, or `.field` where a field is given.
  func resolveItem(_ span: Span, field: String?) -> Node {
    guard let item = items.last else {
      report(
        .syntax, "a leading dot speaks of the current item, and there is none here", span,
        hint: "use it in the argument of a stage, as in `xs | where .age > 30`")
      return placeholder(span)
    }
    let use = itemUses[ObjectIdentifier(item)]!
    if let field {
      if !use.fields.contains(field) { use.fields.append(field) }
    } else {
      use.isGeneral = true
    }
    return VariableNode(at(span), localized(item, span))
  }

  /// The module that an expression names; nil where it is a value.
  func moduleNamed(_ expression: Expression) -> (name: String, user: Module?)? {
    guard case .name(let name) = expression.kind else { return nil }
    switch bindings(of: name).first {
    case .module(let module)?: return (name, module)
    case .variable?, .missing?: return nil
    case nil:
      return Builtins.modules[name] != nil || Builtins.constants[name] != nil ? (name, nil) : nil
    }
  }

  private func resolveMember(_ base: Expression, _ name: Name, _ isOptional: Bool, _ location: Location)
    -> Node
  {
    if let (moduleName, user) = moduleNamed(base) {
      return memberOfModule(moduleName, user, name, location) ?? placeholder(location.span)
    }
    let node: Node
    if case .item = base.kind, !isOptional {
      node = resolveItem(base.span, field: name.text)
    } else {
      node = resolve(base)
    }
    return MemberNode(location, node, Text.of(name.text), isOptional: isOptional)
  }

  /// Returns a module's member as a value; reports one that is missing.
  func memberOfModule(_ moduleName: String, _ user: Module?, _ name: Name, _ location: Location) -> Node? {
    if let user {
      if let variable = user.exports[name.text] {
        return VariableNode(location, localized(variable, location.span))
      }
      report(
        .name, "\(moduleName) has no \(name.text)", name.span,
        hint: hint(forMissing: name.text, in: user))
      return nil
    }
    if let value = Builtins.constants[moduleName]?[name.text] { return ConstantNode(location, value) }
    if let function = Builtins.modules[moduleName]?[name.text] {
      return ConstantNode(location, .function(function))
    }
    let known =
      Array((Builtins.modules[moduleName] ?? [:]).keys) + Array((Builtins.constants[moduleName] ?? [:]).keys)
    report(
      .name, "the module \(moduleName) has no \(name.text)", name.span,
      hint: Operations.suggestion(for: name.text, among: known) ?? "it has "
        + known.sorted().joined(separator: ", "))
    return nil
  }

  // MARK: Match

  private func resolveMatch(_ subject: Expression, _ arms: [Arm], _ location: Location) -> Node {
    let subject = resolve(subject)
    return MatchNode(
      location, subject,
      arms.map { arm in
        withScope(block: nil) {
          let pattern = resolvePattern(arm.pattern, isMutable: false, isStatement: false)
          let condition = arm.guardCondition.map { resolve($0) }
          let body: Node =
            switch arm.body {
            case .expression(let expression): resolve(expression)
            case .statement(let statement): resolve(statement) ?? placeholder(statement.span)
            }
          return .init(pattern: pattern, guardCondition: condition, body: body)
        }
      })
  }
}
