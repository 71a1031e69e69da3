// Operands that compiled code reads itself, without a virtual call.

/// An int that is read without running code: a constant, or what a slot holds.
struct IntOperand: Equatable {
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
struct LocalItem: Equatable {
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

/// A variable of the frame, or an item of one: where most records are that code looks into.
enum LocalPath {
  case variable(Int)
  case item(LocalItem)

  init?(_ code: Code) {
    switch code {
    case let code as ValueLocal: self = .variable(code.offset)
    case let code as ItemCode:
      guard let item = code.local else { return nil }
      self = .item(item)
    default: return nil
    }
  }

  init?(_ step: PlaceStep) {
    switch step {
    case let step as RootStep: self = .variable(step.offset)
    case let step as ItemStep:
      guard let item = step.local else { return nil }
      self = .item(item)
    default: return nil
    }
  }

  /// Returns where the value is; nil where it is none of a list of boxed values.
  @inline(__always) func peek(_ f: Frame) -> UnsafeMutablePointer<Value>? {
    switch self {
    case .variable(let offset): f.value(offset)
    case .item(let item): item.peek(f)
    }
  }

  /// Returns where the value is in storage that nobody else holds.
  @inline(__always) func uniquePlace(_ f: Frame) -> UnsafeMutablePointer<Value>? {
    switch self {
    case .variable(let offset): f.value(offset)
    case .item(let item): item.uniquePlace(f)
    }
  }

  /// True where both lead to the same place as long as no variable changes.
  func isSame(as other: LocalPath) -> Bool {
    switch (self, other) {
    case (.variable(let a), .variable(let b)): a == b
    case (.item(let a), .item(let b)): a == b
    default: false
    }
  }
}

/// An operand that is asked for a float: what a variable of the frame holds, or a field of a record in
/// one, is read without a call.
struct FloatOperand {
  private enum Kind {
    case variable(Int)
    case float(Int)
    case pure(Unmanaged<PureFloat>)
    case field(LocalPath, FieldCache.Reference)
    case other
  }

  private let code: Code
  private let kind: Kind

  init(_ code: Code) {
    self.code = code
    kind =
      switch code {
      case let code as ValueLocal: .variable(code.offset)
      case let code as MovedLocal: .variable(code.offset)
      case let code as FloatLocal: .float(code.offset)
      case let code as PureFloat: .pure(.passUnretained(code))
      case let code as MemberCode: code.path.map { .field($0, code.field.reference) } ?? .other
      default: .other
      }
  }

  @inline(__always) func callAsFunction(_ f: Frame, _ c: Context) -> Double? {
    switch kind {
    case .variable(let offset): f.value(offset).floatIfAny
    case .float(let offset): f.float(offset)
    case .pure(let code): code._withUnsafeGuaranteedRef { $0.pure(f) }
    case .field(let path, let field): field.float(path.peek(f))
    case .other: code.floatIfAny(f, c)
    }
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
