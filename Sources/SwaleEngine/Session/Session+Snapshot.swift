/// The values that the names of a session had at some moment.
public struct SessionSnapshot {
  fileprivate let boxes: [(box: Box, value: Value, state: Box.State)]
}

extension Session {
  /// Returns the present values of all names. Values are shared until they change, so it is cheap.
  public func snapshot() -> SessionSnapshot {
    SessionSnapshot(
      boxes: topLevel.bindings.values.compactMap { binding in
        guard case .variable(let variable) = binding, let box = variable.global else { return nil }
        return (box, box.value, box.state)
      })
  }

  /// Gives the names that a snapshot knows their values back.
  public func restore(_ snapshot: SessionSnapshot) {
    for (box, value, state) in snapshot.boxes {
      box.value = value
      box.state = state
    }
  }
}
