import Testing

@testable import SwaleEngine

/// Records against a plain array of pairs, by random operations.
@Suite struct RecordStorageTests {
  /// Keys in insertion order with their values.
  private struct Model {
    var pairs: [(key: Value, value: Int)] = []

    mutating func set(_ key: Value, _ value: Int) {
      if let i = pairs.firstIndex(where: { Value.isSameKey($0.key, key) }) {
        pairs[i].value = value
      } else {
        pairs.append((key, value))
      }
    }
    mutating func remove(_ key: Value) -> Int? {
      guard let i = pairs.firstIndex(where: { Value.isSameKey($0.key, key) }) else { return nil }
      return pairs.remove(at: i).value
    }
  }

  private func check(_ record: RecordStorage, _ model: Model) throws {
    #expect(record.count == model.pairs.count)
    var i = 0
    record.forEach { key, value in
      #expect(Value.isSameKey(key, model.pairs[i].key))
      #expect(Value.isEqual(value, .int(model.pairs[i].value)))
      i += 1
    }
    for (key, value) in model.pairs {
      let position = try record.find(key)
      #expect(position >= 0 && Value.isEqual(record.values[position], .int(value)))
    }
  }

  private func key(_ number: Int, mixed: Bool) -> Value {
    if !mixed { return .text("key \(number)") }
    switch number % 5 {
    case 0: return .int(number)
    case 1: return .float(Double(number))
    case 2: return .list(ListStorage([.int(number), .text("x")]))
    case 3: return number % 2 == 0 ? .null : .float(.nan)
    default: return .text("\(number)")
    }
  }

  @Test(arguments: [
    (1, 6, false), (2, 6, true), (3, 20, false), (4, 40, true), (5, 200, false), (6, 1000, true),
  ])
  func randomOperations(seed: UInt64, keys: Int, mixed: Bool) throws {
    var random = SeededRandom(seed: seed)
    var record = RecordStorage()
    var model = Model()
    var held: [(RecordStorage, Model)] = []
    for step in 0..<4000 {
      // Long runs of adding and of removing, so that tables grow and are compacted.
      let isShrinking = step / (keys * 4) % 2 == 1
      let key = key(Int.random(in: 0..<keys, using: &random), mixed: mixed)
      if Int.random(in: 0..<10, using: &random) < (isShrinking ? 7 : 2) {
        RecordStorage.makeUnique(&record)
        let position = try record.find(key)
        let expected = model.remove(key)
        #expect((position >= 0) == (expected != nil))
        if position >= 0 { #expect(Value.isEqual(record.remove(at: position), .int(expected ?? -1))) }
      } else {
        RecordStorage.makeUnique(&record)
        try record.set(key, .int(step))
        model.set(key, step)
      }
      #expect(try record.find(.text("missing")) == -1)
      if Int.random(in: 0..<200, using: &random) == 0 { held.append((record, model)) }
      if step % 97 == 0 { try check(record, model) }
    }
    try check(record, model)
    // Copies that were held meanwhile have not changed.
    for (record, model) in held { try check(record, model) }
  }

  @Test func recordsOfTheSameKeysShareTheirShape() {
    let a = RecordStorage(["x": .int(1), "y": .int(2)])
    let b = RecordStorage(["x": .null, "y": .null])
    let c = RecordStorage(["y": .null, "x": .null])
    #expect(a.table === b.table)
    #expect(a.table !== c.table)
    b["z"] = .int(3)
    #expect(a.table !== b.table)
    #expect(a["z"] == nil)
    #expect(a.table.isShape && b.table.isShape)
  }

  @Test func aShapeIsNotChangedByWhoRemovesOrReplacesAKey() {
    let a = RecordStorage(["x": .int(1), "y": .int(2)])
    let b = RecordStorage(["x": .int(3), "y": .int(4)])
    b["x"] = nil
    #expect(Value.record(a).displayString == "{x: 1, y: 2}")
    #expect(Value.record(b).displayString == "{y: 4}")
    b["x"] = .int(5)
    #expect(Value.record(b).displayString == "{y: 4, x: 5}")
    b.removeAll()
    #expect(Value.record(b).displayString == "{}")
    b["q"] = .int(1)
    #expect(Value.record(b).displayString == "{q: 1}")
  }

  @Test func aKeyThatGrowsLaterDoesNotChangeTheRecord() {
    var text = Text.make(count: 1, extraCapacity: 32) { $0.pointee = UInt8(ascii: "k") }
    let record = RecordStorage()
    record.set(text, .int(1))
    Text.append(Text.of("more"), to: &text)
    #expect(Value.record(record).displayString == "{k: 1}")
    #expect(record.find(Text.of("k")) == 0)
    #expect(record.find(text) == -1)
  }

  @Test func setsAgainstArrays() throws {
    var random = SeededRandom(seed: 11)
    var set = SetValue()
    var model: [Value] = []
    for step in 0..<3000 {
      let value = key(Int.random(in: 0..<100, using: &random), mixed: true)
      let position = model.firstIndex { Value.isSameKey($0, value) }
      let held = step % 50 == 0 ? set : nil
      let before = set.count
      if Int.random(in: 0..<(step / 500 % 2 == 0 ? 4 : 2), using: &random) == 0 {
        #expect(try SetValue.remove(value, from: &set) == (position != nil))
        if let position { model.remove(at: position) }
      } else {
        #expect(try SetValue.insert(value, into: &set) == (position == nil))
        if position == nil { model.append(value) }
      }
      if let held { #expect(held.count == before) }
      #expect(set.count == model.count)
      if step % 100 == 0 {
        #expect(zip(set.items, model).allSatisfy { Value.isSameKey($0, $1) })
        #expect(try model.allSatisfy { try set.contains($0) })
        let shuffled = try SetValue(model.shuffled(using: &random))
        #expect(set.isEqual(to: shuffled))
        #expect(set.hash() == shuffled.hash())
      }
    }
  }
}
