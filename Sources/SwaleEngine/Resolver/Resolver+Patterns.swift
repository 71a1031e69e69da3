import SwaleSyntax

extension Resolver {
  /// Resolves a pattern and declares its names in the present scope.
  func resolvePattern(_ pattern: Pattern, isMutable: Bool, isStatement: Bool) -> PatternNode {
    var names: [String: Variable] = [:]
    return resolvePattern(pattern, isMutable, isStatement, &names, known: [:])
  }

  /// `known` holds the variables of the alternative before, which a second alternative binds too.
  private func resolvePattern(
    _ pattern: Pattern, _ isMutable: Bool, _ isStatement: Bool, _ names: inout [String: Variable],
    known: [String: Variable]
  ) -> PatternNode {
    func bind(_ name: String, _ span: Span) -> Variable {
      if names[name] != nil { report(.name, "\(name) is bound twice in one pattern", span) }
      let variable = known[name] ?? declare(name, isMutable: isMutable, span, isStatement: isStatement)
      names[name] = variable
      return variable
    }
    func node(_ kind: PatternNode.Kind) -> PatternNode { PatternNode(at(pattern.span), kind) }
    switch pattern.kind {
    case .ignored: return node(.ignored)
    case .binding(let name): return node(.binding(bind(name, pattern.span)))
    case .literal(let literal): return node(.literal(constant(literal)))
    case .range(let lower, let upper, let isClosed):
      return node(
        .range(RangeValue(lower: constant(lower), upper: constant(upper), isClosed: isClosed)))
    case .either(let first, let second):
      var firstNames: [String: Variable] = [:]
      let a = resolvePattern(first, isMutable, isStatement, &firstNames, known: known)
      var secondNames: [String: Variable] = [:]
      let b = resolvePattern(
        second, isMutable, isStatement, &secondNames, known: firstNames.merging(known) { $1 })
      let different = Set(firstNames.keys).symmetricDifference(secondNames.keys)
      if let name = different.min() {
        report(
          .name, "\(name) is bound by one alternative only", pattern.span,
          hint: "bind the same names on both sides of `or`")
      }
      names.merge(firstNames) { $1 }
      return node(.either(a, b))
    case .list(let patterns, let rest):
      let items = patterns.map { resolvePattern($0, isMutable, isStatement, &names, known: known) }
      var variable: Variable?
      if case .some(.some(let name)) = rest { variable = bind(name.text, name.span) }
      return node(.list(items, hasRest: rest != nil, rest: variable))
    case .record(let fields):
      return node(
        .record(
          fields.map {
            (Text.of($0.key.text), resolvePattern($0.pattern, isMutable, isStatement, &names, known: known))
          }))
    case .typed(let type, let inner):
      let types = typeSet(type) ?? .any
      return node(.typed(types, resolvePattern(inner, isMutable, isStatement, &names, known: known)))
    }
  }

  /// Returns the value of a pattern's literal.
  private func constant(_ expression: Expression) -> Value {
    (resolve(expression) as? ConstantNode)?.value ?? .null
  }

  /// The names that a pattern binds.
  func names(of pattern: Pattern) -> [Name] {
    switch pattern.kind {
    case .ignored, .literal, .range: []
    case .binding(let name): [Name(name, pattern.span)]
    case .either(let first, _): names(of: first)
    case .list(let patterns, let rest): patterns.flatMap { names(of: $0) } + [rest ?? nil].compactMap { $0 }
    case .record(let fields): fields.flatMap { names(of: $0.pattern) }
    case .typed(_, let inner): names(of: inner)
    }
  }
}
