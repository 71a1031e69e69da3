/// A set of types: what a parameter accepts.
public struct TypeSet: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let null = TypeSet(rawValue: 1 << 0)
  public static let bool = TypeSet(rawValue: 1 << 1)
  public static let int = TypeSet(rawValue: 1 << 2)
  public static let float = TypeSet(rawValue: 1 << 3)
  public static let string = TypeSet(rawValue: 1 << 4)
  public static let bytes = TypeSet(rawValue: 1 << 5)
  public static let list = TypeSet(rawValue: 1 << 6)
  public static let record = TypeSet(rawValue: 1 << 7)
  public static let set = TypeSet(rawValue: 1 << 8)
  public static let range = TypeSet(rawValue: 1 << 9)
  public static let column = TypeSet(rawValue: 1 << 10)
  public static let table = TypeSet(rawValue: 1 << 11)
  public static let date = TypeSet(rawValue: 1 << 12)
  public static let dateTime = TypeSet(rawValue: 1 << 13)
  public static let duration = TypeSet(rawValue: 1 << 14)
  public static let function = TypeSet(rawValue: 1 << 15)
  public static let task = TypeSet(rawValue: 1 << 16)
  public static let channel = TypeSet(rawValue: 1 << 17)
  public static let cell = TypeSet(rawValue: 1 << 18)
  public static let error = TypeSet(rawValue: 1 << 19)
  /// Values that only builtins pass to each other, such as what `desc(x)` makes.
  public static let key = TypeSet(rawValue: 1 << 20)

  public static let number: TypeSet = [.int, .float]
  public static let any = TypeSet(rawValue: (1 << 21) - 1)
  /// Lists, sets, ranges and columns: what has items that are not rows.
  public static let sequence: TypeSet = [.list, .set, .range, .column]

  /// Every single type with its name, in the order of the language's page.
  public static let names: [(TypeSet, String)] = [
    (.null, "null"), (.bool, "bool"), (.int, "int"), (.float, "float"), (.string, "string"),
    (.bytes, "bytes"), (.list, "list"), (.record, "record"), (.set, "set"), (.range, "range"),
    (.column, "column"), (.table, "table"), (.date, "date"), (.dateTime, "datetime"),
    (.duration, "duration"), (.function, "function"), (.task, "task"), (.channel, "channel"),
    (.cell, "cell"), (.error, "error"), (.key, "sort key"),
  ]

  /// Returns the set that a type name in source stands for; nil for an unknown name.
  public static func named(_ name: String) -> TypeSet? {
    switch name {
    case "any": .any
    case "number": .number
    default: names.first { $0.1 == name && $0.0 != .key }?.0
    }
  }

  /// The name of a single type; a readable list of names for a larger set.
  public var name: String {
    if self == .any { return "any" }
    var parts: [String] = []
    var rest = self
    if rest.isSuperset(of: .number) {
      parts.append("number")
      rest.subtract(.number)
    }
    parts += TypeSet.names.filter { rest.contains($0.0) }.map(\.1)
    guard let last = parts.last else { return "nothing" }
    return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " or " + last
  }

  /// The name with an article, for messages: "a string", "an int or null".
  public var nameWithArticle: String { TypeSet.withArticle(name) }

  static func withArticle(_ name: String) -> String {
    switch name.first {
    case "n" where name == "null": name
    case "b" where name == "bytes": name
    case "i", "a", "e", "o": "an " + name
    default: "a " + name
    }
  }
}
