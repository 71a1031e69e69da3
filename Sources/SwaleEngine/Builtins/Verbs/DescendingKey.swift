/// What `desc(x)` makes: a sort key whose order is reversed. Nulls stay last.
public final class DescendingKey: ObjectValue {
  public let value: Value

  public init(_ value: Value) { self.value = value }

  public override var type: TypeSet { .key }

  public override func isEqual(to other: ObjectValue) -> Bool {
    Value.isEqual(value, unsafeDowncast(other, to: DescendingKey.self).value)
  }

  public override func hash() throws -> Int { try value.hash() }

  public override func compare(to other: ObjectValue) -> Int? {
    let other = unsafeDowncast(other, to: DescendingKey.self).value
    return try? Value.compare(other, value)
  }

  public override func write(to writer: inout ValueWriter, isDisplay: Bool) {
    writer.write("desc(")
    writer.write(value, isDisplay: true)
    writer.write(")")
  }
}
