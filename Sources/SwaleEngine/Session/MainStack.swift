import CStack
import Glibc

/// The stacks of the main task: a large native stack, mapped lazily, and the slots of its frames.
///
/// Memory is reserved, not used: pages come when they are touched. The main task runs on a stack of
/// its own, so that its depth does not depend on the limits of whoever started the program.
final class MainStack {
  let slots: Frame
  let slotLimit: Frame
  let nativeLimit: UInt
  private let native: UnsafeMutableRawPointer
  private let nativeSize: Int
  private let slotSize: Int
  /// True while code runs on it; a nested `run` stays on it.
  private var isRunning = false

  /// What builtins may use beyond the limit that calls are checked against.
  private static let reserve = 4 << 20

  init() {
    (native, nativeSize) = MainStack.map(4 << 30)
    (slots, slotSize) = MainStack.map(1 << 30)
    slotLimit = slots + (slotSize - (1 << 16))
    nativeLimit = UInt(bitPattern: native) + UInt(MainStack.reserve)
  }

  deinit {
    munmap(native, nativeSize)
    munmap(slots, slotSize)
  }

  /// Reserves memory; takes less where the system limits it.
  private static func map(_ wanted: Int) -> (UnsafeMutableRawPointer, Int) {
    var size = wanted
    while size >= 16 << 20 {
      let base = mmap(
        nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | Int32(MAP_NORESERVE), -1, 0)
      if let base, base != MAP_FAILED { return (base, size) }
      size /= 2
    }
    fatalError("swale: not enough memory for a stack")
  }

  /// Calls `body` on the stack and returns what it returns.
  func run<R, Failure: Error>(_ body: () throws(Failure) -> R) throws(Failure) -> R {
    if isRunning { return try body() }
    isRunning = true
    defer { isRunning = false }
    var result: Result<R, Failure>?
    let work = {
      do throws(Failure) { result = .success(try body()) } catch { result = .failure(error) }
    }
    withoutActuallyEscaping(work) { work in
      var work = work
      withUnsafeMutablePointer(to: &work) {
        cstack_call(native + nativeSize, { $0!.assumingMemoryBound(to: (() -> Void).self).pointee() }, $0)
      }
    }
    return try result!.get()
  }
}
