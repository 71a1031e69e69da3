extension Compiler {
  /// Compiles the statements of a block, neighbours that compute floats together.
  func compile(statements nodes: [Node]) -> [Code] {
    var compiled: [(node: Node, code: Code, remarks: [CompilerRemark])] = []
    for node in nodes {
      let known = remarks.count
      let code = compile(statement: node)
      compiled.append((node, code, Array(remarks[known...])))
      remarks.removeSubrange(known...)
    }
    var result: [Code] = []
    var next = 0
    while next < compiled.count {
      let rest = compiled[next...]
      if !isInFloatRun, rest[next].code.isFloatComputation {
        let members = rest.prefix { $0.node.kind == .bind || $0.node.kind == .assign && !$0.code.mayLeave }
        let isFollowed = members.endIndex < compiled.count
        if let run = floatRun(members.map { ($0.node, $0.code) }, isFollowed: isFollowed) {
          result.append(run)
          next = members.endIndex
          continue
        }
      }
      remarks += rest[next].remarks
      result.append(rest[next].code)
      next += 1
    }
    return result
  }

  /// Returns code that runs the statements taking variables for floats; nil where that does not help.
  private func floatRun(_ statements: [(node: Node, code: Code)], isFollowed: Bool) -> FloatRun? {
    guard statements.count > 1 else { return nil }
    isInFloatRun = true
    needsBoxedFloat = false
    let known = remarks.count
    defer {
      isInFloatRun = false
      floatSlots.removeAll()
      remarks.removeSubrange(known...)
    }
    var steps: [FloatStep] = []
    var variables: [FloatRun.FloatVariable] = []
    var updates: (path: LocalPath, all: [RecordUpdatesStep.Update])?
    func endUpdates(before statement: Int) {
      guard let (path, all) = updates else { return }
      steps.append(RecordUpdatesStep(statement - all.count, path, all))
      updates = nil
    }
    for (i, (node, code)) in statements.enumerated() {
      if let node = node as? BindNode, code is StoreArithmetic, !node.variable.isMutable {
        let operand = compile(node.value)
        guard operand.mayBeFloat else { return nil }
        endUpdates(before: i)
        let slot = newTemporary(.float)
        steps.append(FloatLetStep(i, operand, slot))
        variables.append(
          .init(float: slot * Frame.slotSize, boxed: node.variable.slot * Frame.slotSize, statement: i))
        floatSlots[node.variable.slot] = slot
      } else if let update = (code as? UpdatePlaceCode)?.recordUpdate,
        let node = node as? AssignNode, case let operand = compile(node.value), operand.mayBeFloat
      {
        if let path = updates?.path, !path.isSame(as: update.path) { endUpdates(before: i) }
        updates = (update.path, (updates?.all ?? []) + [.init(update.name, update.operation, operand)])
      } else {
        endUpdates(before: i)
        let code = compile(statement: node)
        if code.mayLeave { return nil }
        steps.append(OtherStep(i, code))
      }
    }
    endUpdates(before: statements.count)
    // Code that reads a boxed variable itself would not find it.
    return needsBoxedFloat
      ? nil : FloatRun(steps, general: statements.map(\.code), variables, isFollowed: isFollowed)
  }
}

extension Code {
  /// True for statements that begin a run of floats.
  fileprivate var isFloatComputation: Bool {
    self is StoreArithmetic || (self as? UpdatePlaceCode)?.recordUpdate != nil
  }
}
