/// Going on behind a problem, so that one run reports several.
///
/// Brackets cannot be trusted there: the problem may be one that is missing. Lines can, as people
/// indent them: a statement of the same block begins at the same column, and a line further left
/// that begins with `}` ends the block.
extension TreeParser {
  /// Parses the program and returns its problems, in order.
  func problems(atMost most: Int) -> [Diagnostic] {
    mostPassedProblems = most - 1
    do { _ = try program() } catch {
      if let problem { passedProblems.append(problem) }
    }
    // Where the parser stopped before it, what the lexer stopped at comes last.
    if let failure = lexed.failure, passedProblems.count < most,
      let last = passedProblems.last?.location?.position.line, let line = failure.location?.position.line,
      last < line
    {
      passedProblems.append(failure)
    }
    return passedProblems
  }

  /// Reads a statement; where that fails and more problems are wanted, steps to the next one.
  func recovering(isOutermost: Bool, _ statement: () throws(Stop) -> Void) throws(Stop) {
    let start = position
    let (context, depth) = (context, depth)
    let counts = (owners.count, operators.count, operands.count)
    do { try statement() } catch {
      guard let problem, passedProblems.count < mostPassedProblems, !problem.isIncomplete,
        let next = nextStatement(from: start, isOutermost: isOutermost)
      else { throw error }
      passedProblems.append(problem)
      self.problem = nil
      position = next
      (self.context, self.depth) = (context, depth)
      owners.removeLast(owners.count - counts.0)
      operators.removeLast(operators.count - counts.1)
      operands.removeLast(operands.count - counts.2)
      (openStageEnd, openArgumentsEnd) = (-1, -1)
      height = 1
    }
  }

  /// Returns the first token behind the current one that seems to begin a statement of the block in
  /// which the one from `start` on failed, or to end the block; nil where there is none.
  private func nextStatement(from start: Int, isOutermost: Bool) -> Int? {
    let wanted = indentation(of: start)
    var index = max(position, start + 1)
    defer { position = min(index, tokens.count - 1) }
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .end || token.kind == .failure { return nil }
      if token.newlineBefore {
        let found = indentation(of: index)
        if found < wanted, !isOutermost { return token.kind == .closeBrace ? index : nil }
        if found <= wanted, token.kind.mayBeginStatement { return index }
      }
      index += 1
    }
    return nil
  }

  /// The bytes between the beginning of a token's line and the first token of that line.
  private func indentation(of index: Int) -> Int {
    var first = Int(tokens[index].span.lower)
    while first > 0, source.bytes[first - 1] != UInt8(ascii: "\n") { first -= 1 }
    var end = first
    while end < source.bytes.count,
      source.bytes[end] == UInt8(ascii: " ") || source.bytes[end] == UInt8(ascii: "\t")
    {
      end += 1
    }
    return end - first
  }
}

extension Token.Kind {
  /// False for what ends or continues something at the beginning of a line.
  fileprivate var mayBeginStatement: Bool {
    switch self {
    case .closeParen, .closeBracket, .closeBrace, .bar, .dot, .else, .catch: false
    default: true
    }
  }
}
