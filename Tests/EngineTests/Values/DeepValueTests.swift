import Glibc
import Testing

@testable import SwaleEngine

/// Chains of a million values: what is done to them must not recurse, or must have room to.
@Suite struct DeepValueTests {
  private static let depth = 1_000_000

  private enum Link: CaseIterable { case list, record, mixed }

  private static func chain(_ link: Link, end: Value) -> Value {
    var value = end
    for i in 0..<depth {
      if link == .list || link == .mixed && i % 2 == 0 {
        value = .list(ListStorage([value]))
      } else {
        value = .record(RecordStorage(["next": value]))
      }
    }
    return value
  }

  @Test(arguments: Link.allCases)
  private func listsAndRecords(link: Link) throws {
    let a = DeepValueTests.chain(link, end: .int(1))
    let b = DeepValueTests.chain(link, end: .float(1))
    let c = DeepValueTests.chain(link, end: .int(2))
    #expect(Value.isEqual(a, b))
    #expect(!Value.isEqual(a, c))
    #expect(try a.hash() == b.hash())
    if link == .list {
      #expect(try Value.compare(a, c) < 0)
      #expect(try Value.compare(a, b) == 0)
    }
    var writer = ValueWriter()
    writer.write(a, isDisplay: true)
    #expect(writer.bytes.count > DeepValueTests.depth * 2)
  }

  @Test func objectsAreReleasedWithoutRecursion() throws {
    var cell = Value.null
    for _ in 0..<DeepValueTests.depth { cell = .object(CellValue(cell)) }
    cell = .null
    var set = Value.null
    for _ in 0..<DeepValueTests.depth / 10 { set = .object(try SetValue([set])) }
    set = .null
    var error = Value.null
    for _ in 0..<DeepValueTests.depth / 10 {
      error = .object(ErrorValue(SwaleError(.user, "x", data: .record(RecordStorage(["cause": error])))))
    }
    error = .null
  }

  @Test func aSmallStackIsEnoughToRelease() {
    // Made here, released by a thread whose stack has 64 KB.
    let value = Unmanaged.passRetained(Box(DeepValueTests.chain(.mixed, end: .null)))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 1 << 16)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        Unmanaged<Box>.fromOpaque(argument!).release()
        return nil
      }, value.toOpaque())
    #expect(status == 0)
    pthread_join(thread, nil)
    pthread_attr_destroy(&attributes)
  }

  private final class Box {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  @Test func manyItemsAtManyDepthsAreAllReleased() {
    // Every level also holds a text that is counted.
    final class Counted: ObjectValue {
      nonisolated(unsafe) static var live = 0
      override init() {
        super.init()
        Counted.live += 1
      }
      deinit { Counted.live -= 1 }
    }
    var value = Value.null
    for _ in 0..<10_000 { value = .list(ListStorage([.object(Counted()), value, .object(Counted())])) }
    #expect(Counted.live == 20_000)
    value = .null
    #expect(Counted.live == 0)
  }

  @Test func aStackOfItsOwnHasRoomForDeepRecursion() throws {
    struct Bottom: Error {}
    func sum(_ n: Int) -> Int { n == 0 ? 0 : n + sum(n - 1) }
    func fall(_ n: Int) throws { if n == 0 { throw Bottom() } else { try fall(n - 1) } }
    let stack = DeepStack()!
    let result = stack.call { () throws(Never) -> Int in sum(1_000_000) }
    #expect(result == 500_000_500_000)
    #expect(throws: Bottom.self) { try stack.call { try fall(1_000_000) } }
    // After an error it can be used again.
    #expect(stack.call { () throws(Never) -> Int in sum(10) } == 55)
  }
}
