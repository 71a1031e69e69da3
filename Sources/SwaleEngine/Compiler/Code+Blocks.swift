// Blocks: what they declare, and what runs when they are left.

/// Makes the boxes and functions that a block declares.
final class EnterBlock: StatementCode {
  let node: BlockNode
  init(_ node: BlockNode) { self.node = node }
  override func run(_ f: Frame, _ c: Context) throws { node.enter(f) }
}

/// A block with `defer`.
final class DeferBlock: Code {
  let node: BlockNode
  let parts: [(code: Code, isDefer: Bool)]
  let isValue: Bool
  private let leaves: Bool
  unowned(unsafe) let specialization: Specialization
  init(
    _ node: BlockNode, _ parts: [(code: Code, isDefer: Bool)], isValue: Bool, _ specialization: Specialization
  ) {
    self.node = node
    self.parts = parts
    self.isValue = isValue
    leaves = parts.contains { $0.code.mayLeave }
    self.specialization = specialization
  }

  override var mayLeave: Bool { !isValue && leaves }

  override func value(_ f: Frame, _ c: Context) throws -> Value {
    try withDefers(f, c) { defers in
      node.enter(f)
      for (i, part) in parts.enumerated() {
        if part.isDefer {
          defers.append(part.code)
        } else if i == parts.count - 1 && isValue {
          return try part.code.value(f, c)
        } else {
          try BlockNode.signal(try part.code.execute(f, c))
        }
      }
      return .null
    }
  }

  override func run(_ f: Frame, _ c: Context) throws { _ = try value(f, c) }

  override func execute(_ f: Frame, _ c: Context) throws -> Flow {
    if isValue {
      _ = try value(f, c)
      return .next
    }
    return try withDefers(f, c) { defers in
      node.enter(f)
      for part in parts {
        if part.isDefer {
          defers.append(part.code)
        } else {
          let flow = try part.code.execute(f, c)
          if flow != .next { return flow }
        }
      }
      return .next
    }
  }

  private func withDefers<R>(_ f: Frame, _ c: Context, _ body: (inout [Code]) throws -> R) throws -> R {
    var defers: [Code] = []
    let state = c.callState
    let result: R
    do { result = try body(&defers) } catch {
      c.restore(state)
      try run(defers, f, c)
      throw error
    }
    try run(defers, f, c)
    return result
  }

  private func run(_ defers: [Code], _ f: Frame, _ c: Context) throws {
    var failure: (any Error)?
    for code in defers.reversed() {
      let state = c.callState
      do { _ = try code.execute(f, c) } catch {
        c.restore(state)
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }
}
