extension Session.Prepared {
  /// Compiles anew for the compiling engine, with the functions that it calls, without running.
  public func compile() {
    Compiler.forgetEverything()
    session.onOwnStack { _ = Compiler.specialization(of: code, for: Signature(all: .value)) }
  }

  /// What the compiler has left general so far in this program and in the functions it calls, and why.
  public var remarks: [CompilerRemark] { session.onOwnStack { Compiler.remarks(for: code) } }

  /// Runs a number of times on the engine in use, each time from the values that a snapshot kept, and
  /// hands each result to `finish`. A program that ends itself with `exit` has the result null. With
  /// `waiting` each run ends as a script does, when its tasks have ended.
  public func run(
    times: Int, from snapshot: SessionSnapshot, waiting: Bool, finish: (Value, Context) throws -> Void
  ) throws {
    try session.onStack { context in
      let function = UserFunction(code, captures: [])
      let state = context.callState
      for _ in 0..<times {
        session.restore(snapshot)
        var value = Value.null
        do {
          value = try waiting ? context.runAsScript(function) : function.call0(context)
        } catch ProgramExit.exit { context.restore(state) }
        try finish(value, context)
      }
    }
  }
}

extension Context {
  fileprivate func runAsScript(_ function: UserFunction) throws -> Value {
    try inScope(nil, .script) { try function.call0(self) }
  }
}
