import Glibc

/// A contiguous run of plain items, in memory of its own or inside another buffer.
///
/// Whoever makes a buffer may write to it until it is handed out; from then on nobody does, so
/// slices and columns share it freely.
public final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
  public let base: UnsafeMutablePointer<Element>
  public let count: Int
  /// The buffer whose memory this one lies in; nil where it has memory of its own.
  private let owner: Buffer?

  /// Makes a buffer whose items the caller writes at once.
  public init(uninitialized count: Int) {
    base = Buffer.allocate(count)
    self.count = count
    owner = nil
  }

  /// Takes over memory that `malloc` or `posix_memalign` gave out.
  init(adopting base: UnsafeMutablePointer<Element>, count: Int) {
    self.base = base
    self.count = count
    owner = nil
  }

  private init(slice base: UnsafeMutablePointer<Element>, count: Int, of owner: Buffer) {
    self.base = base
    self.count = count
    self.owner = owner
  }

  public convenience init(repeating item: Element, count: Int) {
    self.init(uninitialized: count)
    base.update(repeating: item, count: count)
  }

  public convenience init(_ items: some Collection<Element>) {
    self.init(uninitialized: items.count)
    var i = 0
    for item in items {
      base[i] = item
      i += 1
    }
  }

  deinit { if owner == nil { free(base) } }

  @inline(__always) public subscript(index: Int) -> Element { base[index] }

  /// Returns the items from `lower` up to but not including `upper`, without a copy.
  public func slice(_ lower: Int, _ upper: Int) -> Buffer {
    if lower == 0 && upper == count { return self }
    return Buffer(slice: base + lower, count: upper - lower, of: owner ?? self)
  }

  /// Returns memory for `count` items; large runs are asked for in huge pages, since first touching
  /// small ones costs as much as filling them.
  static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
    let size = max(1, count) * MemoryLayout<Element>.stride
    var memory: UnsafeMutableRawPointer?
    let hugePage = 1 << 21
    if size >= 2 * hugePage {
      if posix_memalign(&memory, hugePage, size) == 0 {
        madvise(memory, size, MADV_HUGEPAGE)
        return memory!.assumingMemoryBound(to: Element.self)
      }
    }
    guard let memory = malloc(size) else {
      fatalError("out of memory: \(size) bytes for a column")
    }
    return memory.assumingMemoryBound(to: Element.self)
  }
}

/// A buffer that grows while it is filled.
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 0) {
    self.capacity = max(16, capacity)
    base = Buffer<Element>.allocate(self.capacity)
  }

  deinit { free(base) }

  @inline(__always) mutating func append(_ item: Element) {
    if count == capacity { grow(count + 1) }
    base[count] = item
    count &+= 1
  }

  @inline(__always) mutating func append(contentsOf items: UnsafePointer<Element>, count added: Int) {
    if count &+ added > capacity { grow(count + added) }
    (base + count).update(from: items, count: added)
    count &+= added
  }

  mutating func append(repeating item: Element, count added: Int) {
    if count + added > capacity { grow(count + added) }
    (base + count).update(repeating: item, count: added)
    count += added
  }

  /// Forgets all items and keeps their room.
  mutating func removeAll() { count = 0 }

  var items: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: base, count: count) }

  @inline(never) private mutating func grow(_ needed: Int) {
    capacity = max(needed, capacity * 2)
    base = realloc(base, capacity * MemoryLayout<Element>.stride)!.assumingMemoryBound(to: Element.self)
  }

  /// Returns what was appended as a buffer and starts anew.
  mutating func finish() -> Buffer<Element> {
    let buffer = Buffer(adopting: base, count: count)
    count = 0
    capacity = 16
    base = Buffer<Element>.allocate(capacity)
    return buffer
  }
}
