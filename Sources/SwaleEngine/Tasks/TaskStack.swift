import CStack
import Glibc

/// The stacks of a task, in one piece of memory: native frames grow down from a point in it, and the
/// slots of Swale's frames grow up from there, so that a task that does little touches one page.
///
/// Every call checks both ends (`Context.enterCall`) and goes on with a `DeepStack` where one comes
/// near. What builtins may use beyond the check is `reserve`; below it lies a guarded page.
final class TaskStack {
  /// The highest address of the native stack, and the first of the slots.
  let middle: UnsafeMutableRawPointer
  let context: Context
  /// The next in the pool.
  fileprivate var next: TaskStack?

  static let size = 256 << 10
  private static let slots = 48 << 10
  static let reserve = 112 << 10
  static let guardSize = 4 << 10
  /// How much of the slots a frame may use above the context's `top`.
  static let beyondTop = 4 << 10
  /// How much of the page around `middle` the slots get.
  private static let slotsInPage = 1 << 10

  /// The mapping that it is a part of.
  fileprivate let slab: StackSlab

  fileprivate init(_ base: UnsafeMutableRawPointer, _ slab: StackSlab, _ runtime: Runtime) {
    self.slab = slab
    middle = base + (TaskStack.size - TaskStack.slots - TaskStack.slotsInPage)
    cstack_guard(base, TaskStack.guardSize)
    // Frames of compiled code are entered by their start, so the end has room for one more.
    context = Context(
      runtime: runtime, slots: middle, slotLimit: base + (TaskStack.size - 16 << 10),
      stackLimit: UInt(bitPattern: base) + UInt(TaskStack.guardSize + TaskStack.reserve))
  }
}

/// A large mapping that is cut into stacks, since the kernel limits the number of mappings.
private final class StackSlab {
  let base: UnsafeMutableRawPointer
  /// Stacks that were handed out so far, and those of them that a task uses.
  var cut = 0
  var used = 0
  static let count = 256
  private static let size = count * TaskStack.size

  /// Maps memory, which is not used before it is touched; nil where there is none.
  init?() {
    let base = mmap(
      nil, StackSlab.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0)
    guard let base, base != MAP_FAILED else { return nil }
    // A task needs a page, not the two megabytes that the kernel might give it.
    madvise(base, StackSlab.size, MADV_NOHUGEPAGE)
    self.base = base
  }

  deinit { munmap(base, StackSlab.size) }

  /// Returns where the next stack begins.
  func cutOne() -> UnsafeMutableRawPointer {
    cut += 1
    used += 1
    return base + (cut - 1) * TaskStack.size
  }

  /// Gives the memory back to the system; the contents are lost.
  func trim() { madvise(base, StackSlab.size, MADV_DONTNEED) }
}

/// Stacks that no task uses.
final class StackPool {
  private let runtime: Unmanaged<Runtime>
  private let lock = SpinLock()
  private var free: TaskStack?
  private var freeCount = 0
  private var slab: StackSlab?
  /// With more idle stacks than this, mappings of which no stack is used give their memory back.
  private static let warmLimit = 2048

  init(_ runtime: Runtime) { self.runtime = Unmanaged.passUnretained(runtime) }

  deinit {
    // A long chain is released link by link.
    while let stack = free {
      free = stack.next
      stack.next = nil
    }
  }

  /// Returns a stack whose context is as new; nil where there is no memory for one.
  func take() -> TaskStack? {
    let (idle, new) = lock.withLock { () -> (TaskStack?, (base: UnsafeMutableRawPointer, slab: StackSlab)?) in
      if let stack = free {
        free = stack.next
        stack.next = nil
        freeCount -= 1
        stack.slab.used += 1
        return (stack, nil)
      }
      if slab == nil || slab!.cut == StackSlab.count { slab = StackSlab() }
      return (nil, slab.map { ($0.cutOne(), $0) })
    }
    return idle ?? new.map { TaskStack($0.base, $0.slab, runtime.takeUnretainedValue()) }
  }

  func give(_ stack: TaskStack) {
    stack.context.reset(slots: stack.middle)
    lock.withLock {
      let slab = stack.slab
      slab.used -= 1
      // Nobody can take a stack of it while the lock is held.
      if slab.used == 0, freeCount > StackPool.warmLimit { slab.trim() }
      stack.next = free
      free = stack
      freeCount += 1
    }
  }
}
