/// The children of a node or code that has any number of them, reached without counting references.
///
/// Safety: the list owns its children as long as it lives, and whoever has the children owns the list.
final class Children<Child: AnyObject> {
  let all: [Child]
  let view: View
  @inline(__always) var count: Int { view.count }

  /// What reads the children, for as long as their list lives.
  struct View {
    let count: Int
    fileprivate let base: UnsafeMutablePointer<Unmanaged<Child>>

    /// Calls `body` with a child.
    @inline(__always) func with<R>(_ i: Int, _ body: (Child) throws -> R) rethrows -> R {
      try base[i]._withUnsafeGuaranteedRef(body)
    }
  }

  init(_ children: [Child]) {
    all = children
    view = View(count: children.count, base: .allocate(capacity: max(1, children.count)))
    for (i, child) in children.enumerated() {
      (view.base + i).initialize(to: Unmanaged.passUnretained(child))
    }
  }

  deinit { view.base.deallocate() }

  /// Calls `body` with a child.
  @inline(__always) func with<R>(_ i: Int, _ body: (Child) throws -> R) rethrows -> R {
    try view.with(i, body)
  }
}

extension Children {
  /// Evaluates all by `evaluate` to values on the native stack, behind `first` where one is given, and
  /// calls `body` with them.
  @inline(__always) func withValues<R>(
    first: Value? = nil, _ evaluate: (Child) throws -> Value,
    _ body: (UnsafeMutableBufferPointer<Value>) throws -> R
  ) throws -> R {
    try withUnsafeTemporaryAllocation(of: Value.self, capacity: count + 1) { values in
      let base = values.baseAddress!
      var filled = 0
      defer { for i in 0..<filled { (base + i).deinitialize(count: 1) } }
      if let first {
        base.initialize(to: first)
        filled = 1
      }
      for i in 0..<count {
        (base + filled).initialize(to: try with(i, evaluate))
        filled += 1
      }
      return try body(UnsafeMutableBufferPointer(start: base, count: filled))
    }
  }
}
