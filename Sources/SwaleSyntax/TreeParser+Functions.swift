extension TreeParser {
  /// Checks that the `fn` here declares a function.
  func checkDeclares() throws(Stop) {
    guard kind(ahead: 1) == .openParen else { return }
    throw fail(
      "a function that is declared has a name", hint: "a function value is written (a, b) => a + b")
  }

  /// `fn name(parameters) -> type { }`, `fn name(parameters) = e`
  func function() throws(Stop) -> Statement.Kind {
    let start = position
    advance()
    let name = try name("a function")
    if at(.dot) {
      throw fail(
        "functions do not belong to a type or record",
        hint: "any function is a method of its first argument: x.f() is f(x)")
    }
    if at(.less) || at(.openBracket) {
      throw fail("functions have no type parameters", hint: "a parameter without a type takes any value")
    }
    guard at(.openParen) else {
      throw expected("`(` for the parameters of `\(name.text)`", hint: "write fn \(name.text)() { }")
    }
    let outerOwners = owners
    owners = []
    let parameters = try parameters()
    var highest = height
    var result: TypeName?
    if accept(.rightArrow) {
      if kind == .openBrace {
        throw expected("the type of the result", hint: "leave out `->` where none is written")
      }
      result = try typeName()
    }
    let body: Block
    if accept(.assign) {
      let value = try pipe(commas: true)
      try grow(over: height, at: value.span)
      body = Block(
        span: value.span, statements: [Statement(span: value.span, kind: .expression(value))])
    } else {
      if at(.fatArrow) {
        throw fail("expected `=` or `{`, found `=>`", hint: "write fn \(name.text)(...) = e")
      }
      if at(.colon) {
        throw fail(
          "expected `{` for the body of `\(name.text)`, found `:`",
          hint: "a body stands in braces; the type of the result stands behind `->`")
      }
      body = try block("the body of `\(name.text)`")
    }
    owners = outerOwners
    highest = max(highest, height)
    try grow(over: highest, at: tokens[start].span)
    return .function(
      FunctionDeclaration(name: name, parameters: parameters, result: result, body: body))
  }

  /// `(a, b = 1, var c, d: int, ...rest)`
  func parameters() throws(Stop) -> [Parameter] {
    let outer = enterBrackets()
    var parameters: [Parameter] = []
    var highest = 0
    if !closesAtOnce(.closeParen) {
      repeat {
        if parameters.last?.passing == .rest {
          throw fail("a parameter that takes the rest stands last")
        }
        parameters.append(try parameter())
        highest = max(highest, height)
      } while try moreElements(before: .closeParen)
    }
    context = outer
    height = highest
    return parameters
  }

  private func parameter() throws(Stop) -> Parameter {
    var passing = Parameter.Passing.plain
    if kind == .ellipsis {
      passing = .rest
      advance()
    } else if kind == .var {
      passing = .inPlace
      advance()
    } else if kind == .let {
      throw fail("a parameter needs no `let`", hint: "parameters are immutable anyway")
    } else if kind == .star || kind == .doubleStar || kind == .ampersand {
      throw expected(
        "a parameter",
        hint: kind == .ampersand
          ? "a parameter that is changed in the caller is written var xs"
          : "a parameter that takes the rest is written ...xs")
    }
    let name = try name("a parameter")
    if kind == .name {
      let other = tokens[position].text
      let isTypeFirst = TypeNames.all.contains(name.text)
      throw expected(
        "`,` or `)`",
        hint: isTypeFirst ? "write \(other): \(name.text)" : "a type is written \(name.text): \(other)")
    }
    let type = accept(.colon) ? try typeName() : nil
    height = 1
    guard accept(.assign) else {
      return Parameter(name: name, passing: passing, type: type, defaultValue: nil)
    }
    if passing != .plain {
      throw fail(
        passing == .rest
          ? "a parameter that takes the rest has no default"
          : "a parameter that is changed in the caller has no default",
        at: tokens[position - 1].span)
    }
    let value = try pipe(commas: false)
    return Parameter(name: name, passing: passing, type: type, defaultValue: value)
  }

  func typeName() throws(Stop) -> TypeName {
    let name: Name
    if kind == .null || kind == .fn, !ended {
      name = anyName()
    } else {
      if kind == .openBracket || kind == .openParen || kind == .openBrace {
        throw expected("the name of a type", hint: "types have no parts: write list or record")
      }
      name = try self.name("a type")
    }
    guard TypeNames.all.contains(name.text) else {
      throw fail(
        "there is no type `\(name.text)`", at: name.span, hint: TypeNames.hint(for: name.text),
        kind: .name)
    }
    if kind == .openBracket || kind == .less, !ended {
      throw fail("types have no parameters", hint: "write \(name.text) alone")
    }
    var isOptional = false
    if kind == .question, !tokens[position].spaceBefore {
      advance()
      isOptional = true
    }
    if at(.bar) {
      throw fail("a value has one type", hint: "write \(name.text)? for a value or null, or any")
    }
    return TypeName(name, isOptional: isOptional)
  }

  /// `transform name(parameters) = stage | stage`
  func transform() throws(Stop) -> Statement.Kind {
    let start = position
    advance()
    let name = try name("a transform")
    let outerOwners = owners
    owners = []
    var parameters: [Parameter] = []
    var highest = 0
    if at(.openParen) {
      parameters = try self.parameters()
      highest = height
    }
    guard at(.assign) else {
      throw expected(
        "`=` and the stages of `\(name.text)`",
        hint: "write transform \(name.text) = where .x > 1 | take 3")
    }
    advance()
    var stages: [Stage] = []
    repeat {
      stages.append(try stage(commas: true))
      // The pipe that the transform stands for is as high as it is long.
      try grow(over: max(height, stages.count), at: stages[stages.count - 1].span)
      highest = max(highest, height)
    } while accept(.bar)
    owners = outerOwners
    try grow(over: highest, at: tokens[start].span)
    return .transform(TransformDeclaration(name: name, parameters: parameters, stages: stages))
  }
}
