/// Tasks whose results do not depend on the order in which they run: only the main task prints, and what
/// comes from several tasks at once is put together in an order of its own. Tasks that may fail are held, since
/// the engines notice an error that nobody awaits at different moments.
extension ProgramGenerator {
  func taskStatements() -> [String] {
    switch below(14) {
    case 0, 1: [awaited()]
    case 2: [awaitedMany()]
    case 3...5: [stream()]
    case 6: [fanIn()]
    case 7: [scoped { "try \(block(["scope \(block(tasksOfScope()))"])) catch e { \(report()) }" }]
    case 8: [timeout()]
    case 9: [select()]
    case 10: [counter()]
    case 11, 12: [workers()]
    default: [cancelled()]
    }
  }

  /// Makes code that a task runs: it sees no variable of others that changes, and no function, which might.
  private func inTask<R>(_ make: () -> R) -> R {
    let before = (scopes, items)
    scopes = [Scope(variables: visible { !$0.isMutable })]
    items = []
    defer { (scopes, items) = before }
    return inFunction(make)
  }

  /// Returns `spawn` with a block that gives a value.
  private func spawned(_ kind: Kind) -> String {
    inTask {
      switch below(5) {
      case 0: "spawn { \(inline { startSafe(expression(kind)) }) }"
      case 1: "spawn (x => \(inline { expression(kind) }))(\(leaf(.int)))"
      case 2: "spawn \(block(["sleep(\(pause()))"] + statements(below(2)) + [startSafe(expression(kind))]))"
      default: "spawn \(block(statements(1 + below(3)) + [startSafe(expression(kind))]))"
      }
    }
  }

  private func pause() -> String { oneOf("0s", "1ms", "20ms", "1h", "3s", "(-1s)") }

  private func awaited() -> String {
    let kind = oneOf(Kind.common)
    let task = spawned(kind)
    if chance(1, 3) { return "print(try await (\(task)) else \"failed\")" }
    let name = declareByStatement(.any)
    let between = chance(1, 2) ? statements(1) : []
    let result = declareByStatement(kind)
    return joined(
      ["let \(name) = \(task)"] + between + ["let \(result) = try await \(name) else \(literal(kind))"])
  }

  private func awaitedMany() -> String {
    let tasks = "[\(list(1...3) { inline { spawned(oneOf(Kind.common)) } })]"
    let name = declareByStatement(.any)
    return joined(["let \(name) = \(tasks)", "try { print(await \(name)) } catch e { \(report()) }"])
  }

  /// A task that sends, and something that receives.
  private func stream() -> String {
    let (channel, kind) = (
      withoutHiding { newName() }, oneOf(.int, .int, .float, .string, .any, .record) as Kind
    )
    let producer = inTask { () -> [String] in
      let source = headSafe(expression(oneOf(.ints, .range)))
      let sender = scoped { () -> String in
        let item = declare(.int)
        let first = chance(1, 4) ? statements(1) : []
        return "for \(item) in \(source) \(block(first + ["\(channel) <- \(inline { expression(kind) })"]))"
      }
      let close = "close(\(channel))"
      return oneOf(
        ["defer { \(close) }", sender], [sender, close],
        ["defer { \(close) }", sender, "\(channel) <- \(literal(kind))"])
    }
    let reception = block([reception(channel, kind)])
    let task = declareByStatement(.any)
    return joined([
      "let \(channel) = channel(\(oneOf("", "", "1", "3")))", "let \(task) = spawn \(block(producer))",
      "try \(reception) catch e { \(report()) }", "print(try await \(task) else \"failed\")",
    ])
  }

  private func reception(_ channel: String, _ kind: Kind) -> String {
    switch below(8) {
    case 0: return "print(\(channel) | list)"
    case 1: return "print(\(channel) | map \(inItem(kind) { itemExpression(.int) }) | list)"
    case 2: return "print(\(channel) | where \(inItem(kind) { predicate() }) | take(\(1 + below(3))) | list)"
    case 3: return "print(try <-\(channel) else \"closed\", try <-\(channel) else \"closed\")"
    case 4: return "print(\(channel) | batch(\(1 + below(3))) | list)"
    case 5:
      return scoped {
        let name = declare(kind)
        return inline { "while true { let \(name) = <-\(channel) else { break }; print(\(name)) }" }
      }
    default:
      loopDepth += 1
      defer { loopDepth -= 1 }
      return scoped {
        let name = declare(kind)
        return "for \(name) in \(channel) \(block(["print(\(name))"] + statements(1 + below(2))))"
      }
    }
  }

  /// Tasks that each send one value, and a sum of them.
  private func fanIn() -> String {
    let (channel, sum) = (withoutHiding { newName() }, declareByStatement(.int, isMutable: true))
    let count = 1 + below(4)
    let last = inTask { () -> String in
      declare("i", .int)
      let value = inline { chance(1, 3) ? expression(.int) : "i * \(below(9))" }
      let send = "\(channel) <- \(value)"
      switch below(4) {
      case 0: return "if i > 1 { \(send) } else { \(channel) <- i }"
      case 1: return "match i { 0 => \(channel) <- 5, _ => { \(send) } }"
      case 2: return "sleep(\(pause())); \(send)"
      default: return send
      }
    }
    let receive = "for _ in 0..<\(count) { \(sum) += <-\(channel) }"
    return joined([
      "let \(channel) = channel(\(oneOf("", "", "2")))", "var \(sum) = 0",
      "try { scope { for i in 0..<\(count) { spawn { \(last) } }; \(receive) } } catch e { \(report()) }",
      "print(\(sum))",
    ])
  }

  private func tasksOfScope() -> [String] {
    statements(below(2)) + (0..<(1 + below(3))).map { _ in spawned(oneOf(.int, .any)) }
  }

  private func timeout() -> String {
    let body = scoped {
      block(
        (chance(2, 3) ? ["sleep(\(pause()))"] : []) + statements(1 + below(2))
          + (chance(1, 3) ? ["print(<-channel())"] : []))
    }
    return "try { timeout \(oneOf("5ms", "1s", "2h")) \(body) } catch e { \(report()) }"
  }

  /// A `select` of which at most one arm is ready.
  private func select() -> String {
    let channel = declareByStatement(.any)
    let isFull = chance(1, 2)
    let isClosed = chance(1, 5)
    let arms = scoped {
      inline {
        [
          "let \(declare(.int)) = <-\(channel) => \(block(statements(1 + below(2))))",
          "\(oneOf("after \(pause())", "else")) => print(\"nothing\")",
        ]
      }
    }
    return joined(
      ["let \(channel) = channel(1)"] + (isFull ? ["\(channel) <- \(below(9))"] : [])
        + (isClosed ? ["close(\(channel))"] : [])
        + ["try { select { \(arms.joined(separator: ", ")) } } catch e { \(report()) }"])
  }

  /// Tasks that change a cell.
  private func counter() -> String {
    let cell = declareByStatement(.cell)
    let change = inTask { () -> String in
      declare("i", .int)
      return "\(cell).update(x => x + \(inline { chance(1, 3) ? expression(.int) : "i" }))"
    }
    return joined([
      "let \(cell) = cell(\(below(4)))",
      "try { scope { for i in 0..<\(1 + below(4)) { spawn { \(change) } } } } catch e { \(report()) }",
      "print(\(cell).value)",
    ])
  }

  private func workers() -> String {
    let source = oneOf(.ints, .range, .floats, .strings, .rows) as Kind
    let items = leaf(source)
    let function = inTask { () -> String in
      let name = declare(source.item)
      let kind = oneOf(Kind.common)
      return inline { "\(name) => \(chance(1, 2) ? expression(kind) : block(valueStatements(kind)))" }
    }
    let verb = oneOf("map", "map", "where", "each")
    return "print(try (\(items) | \(verb)((\(function)), workers: \(1 + below(3)))) else \"failed\")"
  }

  private func cancelled() -> String {
    let body = inTask { () -> String in
      let last = oneOf("sleep(1h)", "<-channel()", "channel() <- 1", "while true {}", "print(1)")
      return block(statements(below(2)) + [last])
    }
    let task = declareByStatement(.any)
    let between = chance(1, 2) ? ["sleep(\(oneOf("0s", "1ms")))"] : []
    return joined(
      ["let \(task) = spawn \(body)"] + between
        + ["\(task).cancel()", "print(try await \(task) else \"cancelled\")"])
  }

  private func joined(_ statements: [String]) -> String {
    statements.joined(separator: isInline ? "; " : "\n")
  }
}
