import Glibc

/// Finds tasks that wait for channels which nobody but those that wait for them holds.
///
/// All tasks must be parked while it looks. What their stacks hold is not known exactly, so every word that
/// could be a reference counts as one; a channel of which there are more references than were found is held
/// by somebody. A doubt means that there is no leak.
struct LeakSearch {
  private struct Candidate {
    let handle: Unmanaged<ChannelValue>
    var waiters: Set<Int> = []
    var references = 0
    /// How many of those that wait have no stack, so that all their references are known.
    var lastWaits = 0
    var isHeldByOthers = false

    /// True if somebody else may hold it.
    var isHeld: Bool {
      let onStacks = waiters.count - lastWaits
      let known = references + onStacks * LeakSearch.hiddenReferences
      let count = LeakSearch.referenceCount(handle)
      // Where all is counted, a word on a stack that looks like a reference is none.
      return isHeldByOthers && onStacks > 0 || count > known
    }
  }
  private var candidates: [Candidate] = []
  /// For each task that waits for candidates only, which they are.
  private var waits: [(task: Int, places: [Int])] = []
  /// The candidates by the addresses of the channel and of the value.
  private var places: [UInt: Int] = [:]
  /// No address of interest lies outside.
  private var bounds: ClosedRange<UInt> = 0...0

  /// What a task may refer to a channel by beside its stack: a closure, an iterator, an array of arguments.
  private static let hiddenReferences = 3

  /// Returns the numbers of the tasks that wait in vain; `globals` are what everybody can reach.
  static func leaked(among tasks: [Task], globals: [Value]) -> Set<Int> {
    var search = LeakSearch()
    for task in tasks { search.note(task) }
    if search.candidates.isEmpty { return [] }
    search.bounds = search.places.keys.min()!...search.places.keys.max()!
    for task in tasks {
      if case .last(let wait, let function) = task.work {
        search.visit(wait, of: function)
        continue
      }
      guard task.stack.map({ search.scan($0, of: task) }) ?? false else { return [] }
    }
    search.visit(globals)
    return search.withoutHope(search.candidates.map(\.isHeld))
  }

  /// Returns the tasks that nothing can wake: none of the channels is held by others, nor is one that a task waits
  /// for which may yet be woken.
  private func withoutHope(_ isHeld: [Bool]) -> Set<Int> {
    var isAlive = isHeld
    var rest = waits
    while true {
      let woken = rest.filter { $0.places.contains { isAlive[$0] } }
      if woken.isEmpty { return Set(rest.map(\.task)) }
      for place in woken.flatMap(\.places) { isAlive[place] = true }
      rest.removeAll { $0.places.contains { isAlive[$0] } }
    }
  }

  private static func referenceCount(_ handle: Unmanaged<ChannelValue>) -> Int {
    handle._withUnsafeGuaranteedRef { Int(_getRetainCount($0)) } - heldByCounting
  }

  /// How many references come from asking for the count, which depends on how this is compiled.
  private static let heldByCounting: Int = {
    let one = Unmanaged.passRetained(ChannelValue(Channel(capacity: 0)))
    defer { one.release() }
    return one._withUnsafeGuaranteedRef { Int(_getRetainCount($0)) } - 1
  }()

  private static func address(_ object: AnyObject) -> UInt {
    UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque())
  }

  /// Notes the channels that a task waits for.
  private mutating func note(_ task: Task) {
    let channels = task.wait.pointee.channels
    if channels.isEmpty || channels.contains(where: { $0.isTicked || $0.value == nil }) { return }
    waits.append((task.id, channels.map { note($0, task) }))
  }

  private mutating func note(_ channel: Channel, _ task: Task) -> Int {
    let handle = channel.value!
    let place = places[LeakSearch.address(channel)] ?? candidates.count
    if place == candidates.count {
      candidates.append(Candidate(handle: .passUnretained(handle)))
      places[LeakSearch.address(channel)] = place
      places[LeakSearch.address(handle)] = place
    }
    candidates[place].waiters.insert(task.id)
    if case .last(_, let function) = task.work {
      let captures = (function as? UserFunction)?.captures ?? []
      candidates[place].lastWaits += 1
      candidates[place].references += 1 + captures.count { $0.isObject(handle) }
    }
    return place
  }

  /// Looks through what a task without a stack holds beside the channel that it waits for.
  private mutating func visit(_ wait: LastWait, of function: FunctionValue?) {
    let captures = (function as? UserFunction)?.captures ?? []
    if case .send(let value, let channel, _) = wait {
      visit([value] + captures.filter { !$0.isObject(channel) })
    } else {
      visit(captures)
    }
  }

  /// Looks through the stacks of a task; false where they cannot be seen as a whole.
  private mutating func scan(_ stack: TaskStack, of task: Task) -> Bool {
    if stack.context.isOnDeepStack { return false }
    let low = task.wait.pointee.stackPointer!
    let high = stack.context.top + TaskStack.beyondTop
    var word = low
    // Safety: both ends lie in the mapping of the stack, and the task does not run.
    while word < high {
      let value = word.load(as: UInt.self)
      if bounds.contains(value), let place = places[value] {
        if candidates[place].waiters.contains(task.id) {
          candidates[place].references += 1
        } else {
          candidates[place].isHeldByOthers = true
        }
      }
      word += MemoryLayout<UInt>.size
    }
    return true
  }

  /// Looks through values, and those in them.
  private mutating func visit(_ values: [Value]) {
    var pending = values
    var seen: Set<ObjectIdentifier> = []
    while let value = pending.popLast() {
      switch value {
      case .list(let list):
        if list.kind == .values, seen.insert(ObjectIdentifier(list)).inserted { pending += list.array }
      case .record(let record):
        if seen.insert(ObjectIdentifier(record)).inserted { record.forEach { pending.append($1) } }
      case .function(let function as UserFunction):
        if seen.insert(ObjectIdentifier(function)).inserted { pending += function.captures }
      case .object(let object):
        if !seen.insert(ObjectIdentifier(object)).inserted { continue }
        if let place = places[LeakSearch.address(object)] { candidates[place].isHeldByOthers = true }
        pending += object.heldValues
        if let box = object as? Box, box.state == .set { pending.append(box.value) }
        if let channel = object as? ChannelValue { pending += channel.channel.locked(\.buffered) }
      default: continue
      }
    }
  }
}

extension Value {
  fileprivate func isObject(_ other: ObjectValue) -> Bool {
    if case .object(let object) = self { object === other } else { false }
  }
}
