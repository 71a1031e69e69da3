import CStack
import Glibc

/// A large native stack and the slots that go with it, mapped lazily.
///
/// The main task runs on one, so that its depth does not depend on the limits of whoever started the
/// program; a task that comes near the end of its own small stack goes on with one.
final class DeepStack {
  let slots: Frame
  let slotLimit: Frame
  let nativeLimit: UInt
  let top: UnsafeMutableRawPointer
  private let nativeSize: Int
  private let slotSize: Int

  /// What builtins may use beyond the limit that calls are checked against.
  private static let reserve = 4 << 20
  private static let guardSize = 1 << 16
  private static let nativeSize = 4 << 30
  private static let slotSize = 1 << 30

  /// Reserves memory, which is not used before it is touched; takes less where the system limits
  /// it, and fails where there is hardly any.
  init?() {
    guard let (native, nativeSize) = DeepStack.map(DeepStack.nativeSize) else { return nil }
    guard let (slots, slotSize) = DeepStack.map(DeepStack.slotSize) else {
      munmap(native, nativeSize)
      return nil
    }
    (self.slots, self.slotSize) = (slots, slotSize)
    (top, self.nativeSize) = (native + nativeSize, nativeSize)
    slotLimit = slots + (slotSize - (1 << 16))
    cstack_guard(native, DeepStack.guardSize)
    nativeLimit = UInt(bitPattern: native) + UInt(DeepStack.guardSize + DeepStack.reserve)
  }

  deinit {
    munmap(top - nativeSize, nativeSize)
    munmap(slots, slotSize)
  }

  private static func map(_ wanted: Int) -> (UnsafeMutableRawPointer, Int)? {
    var size = wanted
    while size >= 16 << 20 {
      let base = mmap(
        nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0)
      if let base, base != MAP_FAILED { return (base, size) }
      size /= 2
    }
    return nil
  }

  /// Calls `body` on the stack and returns what it returns.
  func call<R, Failure: Error>(_ body: () throws(Failure) -> R) throws(Failure) -> R {
    var result: Result<R, Failure>?
    let work = {
      do throws(Failure) { result = .success(try body()) } catch { result = .failure(error) }
    }
    withoutActuallyEscaping(work) { work in
      var work = work
      withUnsafeMutablePointer(to: &work) {
        cstack_call(top, { $0!.assumingMemoryBound(to: (() -> Void).self).pointee() }, $0)
      }
    }
    return try result!.get()
  }
}

/// Deep stacks that no task uses.
final class DeepStackPool {
  private let lock = SpinLock()
  private var idle: [DeepStack] = []

  /// Returns a stack; nil where there is no memory for one.
  func take() -> DeepStack? { lock.withLock { idle.popLast() } ?? DeepStack() }

  func give(_ stack: DeepStack) {
    // More than a few would hold on to memory that they once needed.
    lock.withLock { if idle.count < 4 { idle.append(stack) } }
  }
}

/// Raised by a call for which a small stack has no room; the call is made on a `DeepStack` then.
struct StackEnd: Error {}

extension Context {
  /// True where a call that needs `slots` more slots comes too near to the end of a stack.
  @inline(__always) func isStackLow(_ slots: Int) -> Bool {
    !isOnDeepStack
      && (Context.stackAddress() < stackLimit &+ Context.callMargin
        || top + slots &* Frame.slotSize > slotLimit)
  }

  /// What the frames between this check and that of `enterCall` take at most.
  private static let callMargin: UInt = 16 << 10

  /// Goes on with a large stack, where this one is small, and returns what `body` returns; raises
  /// `depth` where it is large already. `body` gets the first frame of the new stack.
  @inline(never) func onDeepStack<R>(_ body: (Frame) throws -> R) throws -> R {
    guard !isOnDeepStack, let stack = scheduler.deepStacks.take() else { throw depthFailure() }
    let saved = (stackLimit, slotLimit, top)
    (stackLimit, slotLimit, top) = (stack.nativeLimit, stack.slotLimit, stack.slots)
    isOnDeepStack = true
    defer {
      (stackLimit, slotLimit, top) = saved
      isOnDeepStack = false
      scheduler.deepStacks.give(stack)
    }
    return try stack.call { try body(stack.slots) }
  }
}
