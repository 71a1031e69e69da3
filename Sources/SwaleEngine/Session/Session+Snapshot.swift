/// The values that the names of a session had at some moment.
public struct SessionSnapshot {
  fileprivate let boxes: [(name: String, box: Box, value: Value, state: Box.State)]

  public var names: [String] { boxes.map(\.name).sorted() }

  /// Returns the part of it whose names have other values now.
  ///
  /// Values are compared by where they are: one that is held here too cannot have changed in place.
  public var changed: SessionSnapshot {
    SessionSnapshot(
      boxes: boxes.filter { _, box, value, state in
        box.state != state
          || withUnsafeBytes(of: box.value) { now in
            withUnsafeBytes(of: value) { !$0.elementsEqual(now) }
          }
      })
  }
}

extension Session {
  /// Returns the present values of all names. Values are shared until they change, so it is cheap.
  public func snapshot() -> SessionSnapshot {
    SessionSnapshot(
      boxes: topLevel.bindings.values.compactMap { binding in
        guard case .variable(let variable) = binding, let box = variable.global else { return nil }
        return (variable.name, box, box.value, box.state)
      })
  }

  /// The present values of all names, and what is in modules that were brought in.
  var globalValues: [Value] {
    topLevel.bindings.values.flatMap { binding -> [Value] in
      switch binding {
      case .variable(let variable): variable.global.map { [.object($0)] } ?? []
      case .module(let module): module.exports.values.compactMap { $0.global.map { .object($0) } }
      case .missing: []
      }
    }
  }

  /// Gives the names that a snapshot knows their values back.
  public func restore(_ snapshot: SessionSnapshot) {
    for (_, box, value, state) in snapshot.boxes {
      box.value = value
      box.state = state
    }
  }
}
