extension ProgramGenerator {
  func loop() -> String {
    switch below(12) {
    case 0...2: return counting()
    case 3: return endless()
    case 4...6: return overRange()
    case 7: return overTwo()
    case 8: return overPlace()
    case 9: return overPairs()
    default:
      let kind =
        oneOf(.ints, .floats, .strings, .string, .list, .set, .rows, .bools, .table, .column, .record) as Kind
      let sequence = headSafe(expression(kind))
      return scoped {
        let name = declare(kind == .record ? .string : kind.item)
        return "for \(name) in \(sequence) \(loopBody())"
      }
    }
  }

  private func loopBody(first: [String] = [], last: [String] = []) -> String {
    loopDepth += 1
    defer { loopDepth -= 1 }
    return scoped { block(first + statements(1 + below(4)) + last) }
  }

  /// A loop that counts a variable up or down, which its body may read but mostly does not change.
  private func counting() -> String {
    let name = withoutHiding { newName() }
    let end = oneOf("3", "5", "\(below(9))", "3.5")
    let condition: String
    let step: String
    let start: String
    if chance(3, 4) {
      (start, condition, step) = (
        oneOf("0", "0", "1", "0.5"), "\(name) \(oneOf("<", "<", "<=")) \(end)",
        "\(name) += \(oneOf("1", "1", "2", "0.75"))"
      )
    } else {
      (start, condition, step) = (end, "\(name) > \(oneOf("0", "1"))", "\(name) -= 1")
    }
    declare(name, start.contains(".") ? .float : .int, isMutable: true, isCounter: !chance(1, 15))
    let whole = chance(1, 3) ? "\(condition) and \(expression(.bool))" : condition
    // Where the step comes last, `continue` would skip it.
    let isLast = chance(1, 2)
    let body = isLast ? stepLast(step) : loopBody(first: [step])
    return "var \(name) = \(start)\nwhile \(whole) \(body)".joinedLine(isInline)
  }

  private func stepLast(_ step: String) -> String {
    let before = (loopDepth, isInDefer)
    loopDepth = 0
    defer { (loopDepth, isInDefer) = before }
    return scoped { block(statements(1 + below(3)) + [step]) }
  }

  /// A loop that only `break` ends.
  private func endless() -> String {
    let name = withoutHiding { newName() }
    declare(name, .int, isMutable: true, isCounter: true)
    let leave =
      functionDepth > 0 && !isInDefer && items.isEmpty && chance(1, 3)
      ? "return \(expression(.any))" : "break"
    let body = loopBody(first: ["\(name) += 1", "if \(name) > \(below(6)) { \(leave) }"])
    return "var \(name) = 0\nwhile true \(body)".joinedLine(isInline)
  }

  private func overRange() -> String {
    let range =
      chance(3, 4)
      ? "\(bound())\(oneOf("...", "..<", "..<"))\(bound())"
      : "range(\(below(3)), \(below(9)), \(1 + below(3)))"
    return scoped {
      let name = chance(1, 10) ? "_" : declare(.int)
      return "for \(name) in \(range) \(loopBody())"
    }
  }

  private func overTwo() -> String {
    let kind = oneOf(.record, .ints, .strings, .rows, .string, .list, .table) as Kind
    let sequence = headSafe(expression(kind))
    return scoped {
      let first = declare(kind == .record ? .string : .int)
      let second = declare(kind == .record ? .any : kind.item)
      return "for \(first), \(second) in \(sequence) \(loopBody())"
    }
  }

  private func overPairs() -> String {
    let sequence = oneOf(
      "zip(\(expression(.ints)), \(expression(.strings)))", "items(\(expression(.record)))",
      expression(.rows),
      "enumerate(\(expression(.floats)))")
    return scoped {
      let pattern = chance(4, 5) ? "[\(declare(.any)), \(declare(.any))]" : "{a, b}"
      if pattern.hasPrefix("{") {
        declare("a", .int)
        declare("b", .string)
      }
      return "for \(pattern) in \(sequence) \(loopBody())"
    }
  }

  /// A loop that changes the items of a variable in place.
  private func overPlace() -> String {
    guard let list = mutable(oneOf(.list, .ints, .rows, .record)) else { return overRange() }
    let place = list.kind == .record ? "\(list.name).c" : list.name
    return scoped {
      let kind = list.kind == .record ? .int : list.kind.item
      let name = declare(kind, isMutable: true)
      return "for var \(name) in \(place) \(loopBody(first: [change(name, kind)]))"
    }
  }
}

extension String {
  /// Puts two statements on one line where they must stand on one.
  func joinedLine(_ isInline: Bool) -> String {
    isInline ? split(separator: "\n", maxSplits: 1).joined(separator: "; ") : self
  }
}
