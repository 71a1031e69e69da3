/// Turns a text into a syntax tree.
public enum Parser {
  /// Returns the tree of a whole text; throws what is wrong at the first place that is no part of
  /// the language.
  ///
  /// `transforms` are the transforms declared elsewhere, such as at earlier prompt entries: their
  /// method calls are stages. Those that the text itself declares are found here.
  public static func parse(
    _ source: Source, transforms: Set<String> = []
  ) throws(Diagnostic) -> Program {
    let parser = TreeParser(source, transforms: transforms)
    do {
      return try parser.program()
    } catch {
      throw parser.problem ?? Diagnostic(.syntax, "this cannot be parsed", at: nil)
    }
  }

  /// Returns everything that is wrong with a text that does not parse, as far as it can be told: behind
  /// a problem reading goes on at the next line that seems to begin a statement of the same block.
  public static func problems(in source: Source, transforms: Set<String> = []) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var start: Int? = 0
    while let offset = start, found.count < Limits.problems {
      let parser = TreeParser(source, from: offset, transforms: transforms)
      found += parser.problems(atMost: Limits.problems - found.count)
      start = parser.lexed.resumption
    }
    return found
  }

  /// Returns the names of the transforms that a program declares at its top level.
  public static func transformNames(in program: Program) -> Set<String> {
    var names: Set<String> = []
    for case .transform(let declaration) in program.statements.map(\.kind) {
      names.insert(declaration.name.text)
    }
    return names
  }
}
