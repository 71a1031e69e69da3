/// A queue in a ring of memory that grows as needed.
struct Ring<Element> {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private var head = 0
  private(set) var count = 0

  init(capacity: Int = 0) {
    self.capacity = capacity
    base = .allocate(capacity: max(1, capacity))
  }

  var isEmpty: Bool { count == 0 }

  /// The oldest element; nil where there is none.
  var first: Element? { count == 0 ? nil : base[head] }

  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    var position = head &+ count
    if position >= capacity { position &-= capacity }
    (base + position).initialize(to: element)
    count &+= 1
  }

  /// All elements, the oldest first.
  var elements: [Element] {
    (0..<count).map { base[head + $0 >= capacity ? head + $0 - capacity : head + $0] }
  }

  /// Takes out the oldest element; nil where there is none.
  mutating func popFirst() -> Element? {
    if count == 0 { return nil }
    let element = (base + head).move()
    head &+= 1
    if head == capacity { head = 0 }
    count &-= 1
    return element
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: max(8, capacity * 2))
    let front = min(count, capacity - head)
    larger.moveInitialize(from: base + head, count: front)
    (larger + front).moveInitialize(from: base, count: count - front)
    base.deallocate()
    base = larger
    head = 0
    capacity = max(8, capacity * 2)
  }

  /// Releases everything; the ring may not be used any more.
  mutating func destroy() {
    while popFirst() != nil {}
    base.deallocate()
  }
}
