import Glibc

/// A contiguous run of plain items, in memory of its own or inside another buffer.
///
/// Whoever makes a buffer may write to it until it is handed out; from then on nobody does, so
/// slices and columns share it freely.
public final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
  public let base: UnsafeMutablePointer<Element>
  public let count: Int
  /// The buffer whose memory this one lies in; nil where it has memory of its own.
  private let owner: AnyObject?

  /// The size of the large block that the memory is; 0 where it is none.
  private let blockSize: Int

  /// Makes a buffer whose items the caller writes at once.
  public init(uninitialized count: Int) {
    let size = max(1, count) * MemoryLayout<Element>.stride
    blockSize = size >= LargeBlocks.leastSize ? LargeBlocks.roundedUp(size) : 0
    guard let memory = blockSize > 0 ? LargeBlocks.take(blockSize) : malloc(size) else {
      fatalError("out of memory: \(size) bytes for a column")
    }
    base = memory.assumingMemoryBound(to: Element.self)
    self.count = count
    owner = nil
  }

  /// Takes over memory that `malloc` or `posix_memalign` gave out.
  init(adopting base: UnsafeMutablePointer<Element>, count: Int) {
    self.base = base
    self.count = count
    owner = nil
    blockSize = 0
  }

  /// Shows the items of another buffer as ones of another type, of the same size and layout.
  convenience init<Other>(viewing other: Buffer<Other>)
  where Element: FixedWidthInteger, Other: FixedWidthInteger {
    self.init(
      slice: UnsafeMutableRawPointer(other.base).assumingMemoryBound(to: Element.self), count: other.count,
      of: other)
  }

  private init(slice base: UnsafeMutablePointer<Element>, count: Int, of owner: AnyObject) {
    self.base = base
    self.count = count
    self.owner = owner
    blockSize = 0
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

  deinit {
    if blockSize > 0 {
      LargeBlocks.giveBack(base, blockSize)
    } else if owner == nil {
      free(base)
    }
  }

  @inline(__always) public subscript(index: Int) -> Element { base[index] }

  /// Returns the items from `lower` up to but not including `upper`, without a copy.
  public func slice(_ lower: Int, _ upper: Int) -> Buffer {
    if lower == 0 && upper == count { return self }
    return Buffer(slice: base + lower, count: upper - lower, of: owner ?? self)
  }
}

/// A buffer that grows while it is filled.
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 0) {
    self.capacity = max(16, capacity)
    base = GrowingBuffer.allocate(self.capacity)
  }

  deinit { free(base) }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    guard let memory = malloc(capacity * MemoryLayout<Element>.stride) else {
      fatalError("out of memory: \(capacity * MemoryLayout<Element>.stride) bytes for a column")
    }
    return memory.assumingMemoryBound(to: Element.self)
  }

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
    base = GrowingBuffer.allocate(capacity)
    return buffer
  }
}
