/// The names that a block declares.
struct Scope {
  struct Variable {
    let name: String
    var kind: Kind
    let isMutable: Bool
    /// True for what ends a loop or a recursion, which must not be changed.
    var isCounter = false
  }

  struct Parameter {
    enum Passing { case plain, inPlace, rest }
    let name: String
    let kind: Kind
    var passing = Passing.plain
    var hasDefault = false
  }

  struct Function {
    let name: String
    let parameters: [Parameter]
    let result: Kind
    /// True where the first argument says how deep it goes.
    var isRecursive = false
  }

  var variables: [Variable] = []
  var functions: [Function] = []
}

extension ProgramGenerator {
  /// Returns the variables that can be seen, inner ones last.
  func visible(_ isWanted: (Scope.Variable) -> Bool) -> [Scope.Variable] {
    var found: [Scope.Variable] = []
    for variable in scopes.flatMap(\.variables) {
      found.removeAll { $0.name == variable.name }
      found.append(variable)
    }
    return found.filter(isWanted)
  }

  /// Returns a variable of a kind; inner ones are more likely.
  func variable(_ kind: Kind) -> String? {
    let found = visible { $0.kind.fits(kind) }
    return found.isEmpty ? nil : found[max(below(found.count), below(found.count))].name
  }

  /// Returns a variable that may be changed.
  func mutable(_ kind: Kind = .any) -> Scope.Variable? {
    let found = visible { $0.kind.fits(kind) && $0.isMutable && !$0.isCounter }
    return found.isEmpty ? nil : found[max(below(found.count), below(found.count))]
  }

  func functions(_ isWanted: (Scope.Function) -> Bool) -> [Scope.Function] {
    scopes.flatMap(\.functions).filter(isWanted)
  }

  /// Returns a name for something new: mostly one never used before, at times one that hides another.
  func newName() -> String {
    if mayHide, chance(1, 10) {
      let here = scopes[scopes.count - 1].variables.map(\.name)
      let hidden = scopes.dropLast().flatMap(\.variables).map(\.name).filter { !here.contains($0) }
      if !hidden.isEmpty { return oneOf(hidden) }
    }
    nameCount += 1
    if chance(1, 40) { return oneOf("count", "first", "table", "rows", "item", "key") + "\(nameCount)" }
    return "v\(nameCount)"
  }

  @discardableResult
  func declare(_ kind: Kind, isMutable: Bool = false, isCounter: Bool = false) -> String {
    let name = newName()
    declare(name, kind, isMutable: isMutable, isCounter: isCounter)
    return name
  }

  /// Declares a name by a statement, which hides nothing: the rest of the block may have used it.
  func declareByStatement(_ kind: Kind, isMutable: Bool = false, isCounter: Bool = false) -> String {
    withoutHiding { declare(kind, isMutable: isMutable, isCounter: isCounter) }
  }

  func withoutHiding<R>(_ make: () -> R) -> R {
    let before = mayHide
    mayHide = chance(1, 100)
    defer { mayHide = before }
    return make()
  }

  func declare(_ name: String, _ kind: Kind, isMutable: Bool = false, isCounter: Bool = false) {
    scopes[scopes.count - 1].variables.append(
      .init(name: name, kind: kind, isMutable: isMutable, isCounter: isCounter))
  }

  /// Notes that a variable was given a value of another kind.
  func note(_ name: String, holds kind: Kind) {
    for i in scopes.indices.reversed() {
      if let k = scopes[i].variables.lastIndex(where: { $0.name == name }) {
        scopes[i].variables[k].kind = kind
        return
      }
    }
  }
}
