/// An operator whose right side is being read.
struct PendingOperator {
  enum Kind {
    case binary(BinaryOperator)
    case range(isClosed: Bool)
    case not
  }
  let kind: Kind
  let level: Int
  let span: Span
}

extension TreeParser {
  static let rangeLevel = 8
  private static let comparisonLevel = 7
  private static let notLevel = 6

  /// Levels 3 to 10: operators between operands, on a stack of their own instead of the call stack.
  ///
  /// `isIndex` is true directly inside an index, where a range may lack an end.
  func operatorExpression(from minimum: Int = 3, isIndex: Bool = false) throws(Stop) -> Expression {
    let base = operators.count
    let start = position
    while true {
      if kind == .not { try readNots(base) }
      let operand = try unary()
      operands.append((operand, height))
      guard try goesOn(from: start, base: base, minimum: minimum, isIndex: isIndex) else { break }
    }
    try reduce(to: base, level: 0)
    let (expression, expressionHeight) = operands.removeLast()
    height = expressionHeight
    return expression
  }

  private func readNots(_ base: Int) throws(Stop) {
    while kind == .not {
      try checkOperand()
      try checkNotAllowed(base)
      operators.append(PendingOperator(kind: .not, level: Self.notLevel, span: span))
      if operators.count - base > Limits.height { try grow(over: Limits.height, at: span) }
      advance()
    }
  }

  /// Reads the operator behind an operand; false where the expression is over.
  private func goesOn(
    from start: Int, base: Int, minimum: Int, isIndex: Bool
  ) throws(Stop) -> Bool {
    let isFirst = operators.count == base
    guard let operand = operands.last?.expression,
      let next = nextOperator(isFirst: isFirst, start, operand), next.level >= minimum
    else { return false }
    try reduce(to: base, level: next.level)
    try checkChain(next, base)
    if isIndex, next.kind.isRange, kind(ahead: next.width) == .closeBracket {
      if operators.count == base { try openRange(next, from: start) }
      return false
    }
    try consume(next)
    return true
  }

  /// `a...` before the bracket that closes an index.
  private func openRange(_ next: NextOperator, from start: Int) throws(Stop) {
    let (lower, lowerHeight) = operands.removeLast()
    advance()
    let range = Expression.Kind.range(lower: lower, upper: nil, isClosed: next.kind.isClosedRange)
    operands.append((try node(range, span(from: start), over: lowerHeight), lowerHeight + 1))
  }

  private struct NextOperator {
    let kind: PendingOperator.Kind
    let level: Int
    let width: Int
    var isArrow = false
  }

  /// Returns the binary operator here, if one goes on with the expression.
  private func nextOperator(isFirst: Bool, _ start: Int, _ operand: Expression) -> NextOperator? {
    if ended { return nil }
    switch kind {
    case .not:
      guard kind(ahead: 1) == .in else { return nil }
      return NextOperator(kind: .binary(.notContained), level: Self.comparisonLevel, width: 2)
    case .ellipsis:
      return NextOperator(kind: .range(isClosed: true), level: Self.rangeLevel, width: 1)
    case .halfOpen:
      return NextOperator(kind: .range(isClosed: false), level: Self.rangeLevel, width: 1)
    case .leftArrow:
      if isFirst, start == sendStart, canReceive(operand) { return nil }
      return NextOperator(
        kind: .binary(.less), level: Self.comparisonLevel, width: 0, isArrow: true)
    default:
      guard let (binary, level) = kind.binaryOperator else { return nil }
      return NextOperator(kind: .binary(binary), level: level, width: 1)
    }
  }

  private func consume(_ next: NextOperator) throws(Stop) {
    let start = span
    if next.isArrow {
      if tokens[position].spaceBefore, tokens[min(position + 1, tokens.count - 1)].spaceBefore {
        throw fail(
          "a send is a statement and has no value",
          hint: "put it in braces: x => { ch <- x }; to compare with a negative number write a < -b")
      }
      // `a<-b` is `a < -b`: the second half of the token is a minus of its own.
      tokens[position].kind = .minus
      tokens[position].span = Span(Int(start.lower) + 1, Int(start.upper))
      tokens[position].spaceBefore = false
      let sign = Span(Int(start.lower), Int(start.lower) + 1)
      operators.append(PendingOperator(kind: next.kind, level: next.level, span: sign))
      return
    }
    for _ in 0..<next.width { advance() }
    operators.append(
      PendingOperator(
        kind: next.kind, level: next.level, span: start.joined(tokens[position - 1].span)))
  }

  /// Builds the nodes of pending operators that bind at least as tightly as a level.
  private func reduce(to base: Int, level: Int) throws(Stop) {
    while operators.count > base, let top = operators.last, top.level >= level {
      // A comparison behind a comparison is an error, which is reported with both in place.
      if top.level == level, level == Self.comparisonLevel || level == Self.rangeLevel { return }
      try reduceOne()
    }
  }

  private func reduceOne() throws(Stop) {
    let top = operators.removeLast()
    let (right, rightHeight) = operands.removeLast()
    if case .not = top.kind {
      let negation = try node(.unary(.not, right), top.span.joined(right.span), over: rightHeight)
      return operands.append((negation, height))
    }
    let (left, leftHeight) = operands.removeLast()
    let kind: Expression.Kind =
      if case .binary(let operation) = top.kind {
        .binary(operation, left, right, operatorSpan: top.span)
      } else {
        .range(lower: left, upper: right, isClosed: top.kind.isClosedRange)
      }
    let both = left.span.joined(right.span)
    operands.append((try node(kind, both, over: max(leftHeight, rightHeight)), height))
  }

  /// Comparisons and ranges stand alone.
  private func checkChain(_ next: NextOperator, _ base: Int) throws(Stop) {
    guard operators.count > base, let top = operators.last, top.level == next.level else { return }
    let before = Diagnostic.Note("the first one", Location(source, top.span))
    if next.level == Self.rangeLevel {
      throw fail("a range has two ends", hint: "steps are made with range(a, b, step)", notes: [before])
    }
    if next.level == Self.comparisonLevel {
      throw fail(
        "comparisons do not chain", hint: "write a < b and b < c", notes: [before])
    }
  }

  private func checkNotAllowed(_ base: Int) throws(Stop) {
    guard operators.count > base, let top = operators.last, top.level > Self.notLevel else { return }
    throw fail("`not` is looser than `\(source.text(top.span))`", hint: "write (not x)")
  }
}

extension PendingOperator.Kind {
  var isRange: Bool { if case .range = self { true } else { false } }
  var isClosedRange: Bool { if case .range(isClosed: true) = self { true } else { false } }
}

extension Token.Kind {
  /// The binary operator that this token is, with its level.
  var binaryOperator: (BinaryOperator, level: Int)? {
    switch self {
    case .coalesce: (.coalesce, 3)
    case .or: (.or, 4)
    case .and: (.and, 5)
    case .equal: (.equal, 7)
    case .notEqual: (.notEqual, 7)
    case .less: (.less, 7)
    case .lessEqual: (.lessEqual, 7)
    case .greater: (.greater, 7)
    case .greaterEqual: (.greaterEqual, 7)
    case .in: (.contained, 7)
    case .plus: (.add, 9)
    case .minus: (.subtract, 9)
    case .star: (.multiply, 10)
    case .slash: (.divide, 10)
    case .doubleSlash: (.floorDivide, 10)
    case .percent: (.remainder, 10)
    default: nil
    }
  }
}
