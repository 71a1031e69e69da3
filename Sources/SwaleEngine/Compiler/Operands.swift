// Operands that compiled code reads itself, without a virtual call.

/// An int that is read without running code: a constant, or what a slot holds.
struct IntOperand {
  /// The slot's, -1 for a constant.
  private let offset: Int
  private let constant: Int

  init?(_ code: Code) {
    switch code {
    case let code as IntLocal: (offset, constant) = (code.offset, 0)
    case let code as IntConstant: (offset, constant) = (-1, code.constant)
    default: return nil
    }
  }

  @inline(__always) func callAsFunction(_ f: Frame) -> Int { offset >= 0 ? f.int(offset) : constant }
}

/// `variable[index]`, where both are in slots of the frame.
struct LocalItem {
  private let offset: Int
  private let index: IntOperand

  init?(_ base: Code, _ index: IntOperand?) {
    guard let base = base as? ValueLocal, let index else { return nil }
    self.init(base.offset, index)
  }

  init(_ offset: Int, _ index: IntOperand) {
    self.offset = offset
    self.index = index
  }

  @inline(__always) func list(_ f: Frame) -> UnsafeMutablePointer<Value> { f.value(offset) }

  /// Returns where the item is; nil where it is none of a list of boxed values.
  @inline(__always) func peek(_ f: Frame) -> UnsafeMutablePointer<Value>? {
    let place = f.value(offset)
    return place.isList ? place.withList { $0.place(index(f)) } : nil
  }

  /// Returns where the item is in a list that nobody else holds.
  @inline(__always) func uniquePlace(_ f: Frame) -> UnsafeMutablePointer<Value>? {
    let place = f.value(offset)
    return place.isList ? place.withUniqueList { $0.place(index(f)) } : nil
  }
}

/// An operand that is asked for a float: what a variable of the frame holds is read without a call.
struct FloatOperand {
  private let code: Code
  /// The variable's, -1 for any other operand.
  private let offset: Int

  init(_ code: Code) {
    self.code = code
    offset = (code as? ValueLocal)?.offset ?? (code as? MovedLocal)?.offset ?? -1
  }

  @inline(__always) func callAsFunction(_ f: Frame, _ c: Context) -> Double? {
    offset >= 0 ? f.value(offset).floatIfAny : code.floatIfAny(f, c)
  }
}

extension ListStorage {
  /// Returns where an item is; nil out of bounds and where items are not boxed.
  @inline(__always) func place(_ index: Int) -> UnsafeMutablePointer<Value>? {
    guard kind == .values, let position = position(index) else { return nil }
    return values + position
  }

  /// Returns the offset that an index means, negative ones counted from the end; nil out of bounds.
  @inline(__always) func position(_ index: Int) -> Int? {
    let position = index < 0 ? index &+ count : index
    return position >= 0 && position < count ? position : nil
  }
}
