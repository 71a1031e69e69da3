/// Items grouped by a key, in order of first appearance.
struct ItemGroups {
  /// The key of each group.
  let keys: KeyTable
  /// The indexes of each group's items, in order.
  private(set) var members: [[Int]] = []

  /// Groups items by what the function gives for them.
  init(_ items: ListStorage, by key: FunctionValue, _ context: Context) throws {
    keys = KeyTable(isShape: false, capacity: 16)
    for i in 0..<items.count {
      try context.tick()
      let (group, isNew) = try keys.insert(try key(items[i], context))
      if isNew { members.append([i]) } else { members[group].append(i) }
    }
  }
}
