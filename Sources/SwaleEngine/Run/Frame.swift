/// The slots of a running function: 16 bytes each, in the slot stack of its task.
///
/// A slot holds either a `Value`, or raw an `Int`, `Double` or `Bool` in its first bytes; which
/// one is decided when the function is compiled, never looked up. The owner of a frame initializes
/// its value slots before use and deinitializes them when it leaves.
public typealias Frame = UnsafeMutableRawPointer

extension UnsafeMutableRawPointer {
  static let slotSize = 16

  /// The address of a value slot by its index.
  @inline(__always) func slot(_ index: Int) -> UnsafeMutablePointer<Value> {
    (self + index &* 16).assumingMemoryBound(to: Value.self)
  }
}
