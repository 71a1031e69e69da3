import Glibc

/// A shared place for a value that tasks change together; equal only to itself.
public final class CellValue: ObjectValue {
  /// One slot on the heap, so that a chain of cells is released without recursion.
  private let slot: UnsafeMutablePointer<Value>

  public init(_ value: Value) {
    slot = malloc(MemoryLayout<Value>.stride)!.assumingMemoryBound(to: Value.self)
    slot.initialize(to: value)
  }

  deinit { releaseValues(slot, 1) }

  public var value: Value {
    get { slot.pointee }
    set { slot.pointee = newValue }
    _modify { yield &slot.pointee }
  }

  public override var type: TypeSet { .cell }

  public override func hash() -> Int {
    Value.hash(ofInt: Int(bitPattern: Unmanaged.passUnretained(self).toOpaque()))
  }

  public override var memberNames: [String] { ["value"] }

  public override func member(_ name: Text, _ context: Context) -> Value? {
    name.string == "value" ? value : nil
  }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    if writer.isInsideCell { return writer.write("cell(...)") }
    writer.isInsideCell = true
    writer.write("cell(")
    writer.write(value, isDisplay: true)
    writer.write(")")
    writer.isInsideCell = false
  }
}
