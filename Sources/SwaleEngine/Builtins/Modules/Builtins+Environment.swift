import Glibc

extension Builtins {
  /// The module `env`: the environment that the program was started with.
  nonisolated(unsafe) static let environment: [Builtin] = [
    Builtin(
      "get", module: "env", [.init("name", .string), .init("default", .any, default: .null)],
      "Returns the value of an environment variable as a string, or the default where it is not set.",
      example: ("env.get(\"NO_SUCH_VARIABLE\", \"none\")", "\"none\"")
    ) { call in
      let name = call.string(0)
      guard !name.utf8.contains(0), let value = getenv(name) else { return call[1] }
      return .text(String(cString: value))
    },
    Builtin(
      "vars", module: "env", [], "Returns all environment variables as a record of strings, sorted by name.",
      example: ("type(env.vars())", "\"record\"")
    ) { _ in
      var pairs: [(name: String, value: String)] = []
      var entry = environ
      while let text = entry.pointee {
        let parts = String(cString: text).split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 { pairs.append((String(parts[0]), String(parts[1]))) }
        entry += 1
      }
      let result = RecordStorage(capacity: pairs.count)
      for pair in pairs.sorted(by: { $0.name < $1.name }) { result[pair.name] = .text(pair.value) }
      return .record(result)
    },
  ]
}
