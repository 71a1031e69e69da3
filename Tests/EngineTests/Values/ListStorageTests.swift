import Testing

@testable import SwaleEngine

/// Lists against arrays, by random operations.
@Suite struct ListStorageTests {
  private func item(_ kind: Int, _ random: inout SeededRandom) -> Value {
    let number = Int.random(in: 0..<100, using: &random)
    switch kind {
    case 0: return .int(number)
    case 1: return .float(Double(number))
    case 2: return .bool(number < 50)
    case 3: return .text("text \(number)")
    default: return item(Int.random(in: 0..<4, using: &random), &random)
    }
  }

  private func check(_ list: ListStorage, _ model: [Value]) {
    #expect(list.count == model.count)
    let items = list.array
    // Deep equality tells 1 and 1.0 not apart, the display form does.
    #expect(Value.list(ListStorage(model)).displayString == Value.list(list).displayString)
    #expect(items.count == model.count)
    for (i, value) in model.enumerated() { #expect(Value.isEqual(list[i], value)) }
  }

  @Test(arguments: 0..<12)
  func randomOperations(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var list = ListStorage()
    var model: [Value] = []
    var held: [(ListStorage, [Value])] = []
    for step in 0..<1500 {
      // Items of one kind for a while, so that storage is unboxed, then of another.
      let value = item(step / 100 % 2 == 0 ? Int(seed) % 4 : step / 100 % 5, &random)
      ListStorage.makeUnique(&list)
      let i = model.isEmpty ? 0 : Int.random(in: 0..<model.count, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<5:
        list.append(value)
        model.append(value)
      case 5:
        let position = Int.random(in: 0...model.count, using: &random)
        list.insert(value, at: position)
        model.insert(value, at: position)
      case 6 where !model.isEmpty:
        #expect(Value.isEqual(list.remove(at: i), model.remove(at: i)))
      case 7 where !model.isEmpty:
        #expect(Value.isEqual(list.removeLast(), model.removeLast()))
      case 8 where !model.isEmpty:
        list.set(i, value)
        model[i] = value
      case 9 where !model.isEmpty:
        list.swapAt(0, i)
        model.swapAt(0, i)
      case 10 where model.count < 200:
        let part = list.slice(i, list.count)
        list.append(contentsOf: part)
        model.append(contentsOf: model[i...])
      case 11 where Int.random(in: 0..<30, using: &random) == 0:
        if Bool.random(using: &random) {
          held.append((list, model))
        } else {
          list.removeAll()
          model.removeAll()
        }
      default: break
      }
      if step % 50 == 0 { check(list, model) }
    }
    check(list, model)
    for (list, model) in held { check(list, model) }
  }

  @Test func itemsOfOneKindAreNotBoxed() {
    let list = ListStorage([.int(1), .int(2)])
    #expect(list.kind == .ints)
    list.append(.float(1))
    #expect(list.kind == .values)
    #expect(ListStorage([.float(1), .float(2)]).kind == .floats)
    #expect(ListStorage([.bool(true)]).kind == .bools)
    let empty = ListStorage([.int(1)])
    _ = empty.removeLast()
    empty.append(.text("x"))
    #expect(Value.list(empty).displayString == "[\"x\"]")
    empty.append(contentsOf: empty)
    #expect(Value.list(empty).displayString == "[\"x\", \"x\"]")
  }
}
