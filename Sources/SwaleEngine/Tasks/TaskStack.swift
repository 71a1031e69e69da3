import CStack
import Glibc

/// The stacks of a task, in one piece of memory: native frames grow down from a point in it, and the
/// slots of Swale's frames grow up from there, so that a task that does little touches one page.
///
/// There is no guard page, since mappings are limited and tasks are not: every call checks both ends
/// (`Context.enterCall`) and goes on with a `DeepStack` where one comes near. What builtins may use
/// beyond the check is `reserve`.
final class TaskStack {
  /// The highest address of the native stack, and the first of the slots.
  let middle: UnsafeMutableRawPointer
  let context: Context
  /// The next in the pool.
  fileprivate var next: TaskStack?

  static let size = 256 << 10
  private static let slots = 48 << 10
  private static let reserve = 112 << 10
  /// How much of the page around `middle` the slots get.
  private static let slotsInPage = 1 << 10

  fileprivate init(_ base: UnsafeMutableRawPointer, _ runtime: Runtime) {
    middle = base + (TaskStack.size - TaskStack.slots - TaskStack.slotsInPage)
    // Frames of compiled code are entered by their start, so the end has room for one more.
    context = Context(
      runtime: runtime, slots: middle, slotLimit: base + (TaskStack.size - 16 << 10),
      stackLimit: UInt(bitPattern: base) + UInt(TaskStack.reserve))
  }

  /// Gives the memory of all pages but the middle one back to the system; the contents are lost.
  func trim() {
    let page = 4096
    let start = middle - (TaskStack.size - TaskStack.slots - TaskStack.slotsInPage)
    let middlePage = UnsafeMutableRawPointer(bitPattern: UInt(bitPattern: middle) & ~UInt(page - 1))!
    madvise(start, middlePage - start, MADV_DONTNEED)
    let behind = middlePage + page
    madvise(behind, start + TaskStack.size - behind, MADV_DONTNEED)
  }
}

/// Stacks that no task uses. They come from large mappings, many to one, since the kernel limits the
/// number of mappings.
final class StackPool {
  private let runtime: Runtime
  private var lock = cstack_lock()
  private var free: TaskStack?
  private var freeCount = 0
  private var slabs: [UnsafeMutableRawPointer] = []
  private var usedOfSlab = StackPool.perSlab
  private static let perSlab = 256
  /// More idle stacks than this give their memory back.
  private static let warmLimit = 1024

  init(_ runtime: Runtime) { self.runtime = runtime }

  deinit {
    for slab in slabs { munmap(slab, StackPool.perSlab * TaskStack.size) }
  }

  /// Returns a stack whose context is as new; nil where there is no memory for one.
  func take() -> TaskStack? {
    cstack_lock_take(&lock)
    if let stack = free {
      free = stack.next
      freeCount -= 1
      cstack_lock_give(&lock)
      stack.next = nil
      return stack
    }
    defer { cstack_lock_give(&lock) }
    if usedOfSlab == StackPool.perSlab {
      let size = StackPool.perSlab * TaskStack.size
      let slab = mmap(
        nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0)
      guard let slab, slab != MAP_FAILED else { return nil }
      // A task needs a page, not the two megabytes that the kernel might give it.
      madvise(slab, size, MADV_NOHUGEPAGE)
      slabs.append(slab)
      usedOfSlab = 0
    }
    usedOfSlab += 1
    return TaskStack(slabs[slabs.count - 1] + (usedOfSlab - 1) * TaskStack.size, runtime)
  }

  func give(_ stack: TaskStack) {
    stack.context.reset(slots: stack.middle)
    if freeCount >= StackPool.warmLimit { stack.trim() }
    cstack_lock_take(&lock)
    stack.next = free
    free = stack
    freeCount += 1
    cstack_lock_give(&lock)
  }
}
