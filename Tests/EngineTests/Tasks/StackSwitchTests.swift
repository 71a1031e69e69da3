import CStack
import Glibc
import Testing

/// Rounding upward, which the C library has under a name that two modules import.
#if arch(x86_64)
  private let upward: Int32 = 0x800
#else
  private let upward: Int32 = 0x40_0000
#endif

/// Switching stacks: what is in callee-saved registers and the floating-point state stays.
@Suite struct StackSwitchTests {
  private final class Pair {
    // By pointers: an access to a property would go on during the switch.
    let here = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    let there = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    var log: [Int] = []
    var isAligned = false
  }

  /// Calls `body` with a pair whose other stack runs `function`.
  private func withStack(
    _ function: @convention(c) (UnsafeMutableRawPointer?) -> Void, _ body: (Pair) -> Void
  ) {
    let size = 256 << 10
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
    defer { memory.deallocate() }
    let pair = Pair()
    pair.there.initialize(
      to: cstack_prepare(memory + size, function, Unmanaged.passUnretained(pair).toOpaque()))
    pair.here.initialize(to: nil)
    body(pair)
  }

  @Test func controlGoesBackAndForth() {
    withStack({ pointer in
      let pair = Unmanaged<Pair>.fromOpaque(pointer!).takeUnretainedValue()
      var n = 0
      while true {
        n += 1
        pair.log.append(n)
        cstack_switch(pair.there, pair.here.pointee)
      }
    }) { pair in
      for i in 1...1000 {
        cstack_switch(pair.here, pair.there.pointee)
        #expect(pair.log.last == i)
      }
    }
  }

  @Test func stacksAreAligned() {
    withStack({ pointer in
      let pair = Unmanaged<Pair>.fromOpaque(pointer!).takeUnretainedValue()
      withUnsafeTemporaryAllocation(byteCount: 64, alignment: 16) {
        pair.isAligned = UInt(bitPattern: $0.baseAddress!) % 16 == 0
      }
      // Formatting a float uses instructions that want an aligned stack.
      pair.log.append("\(1.5)".count)
      while true { cstack_switch(pair.there, pair.here.pointee) }
    }) { pair in
      cstack_switch(pair.here, pair.there.pointee)
      #expect(pair.isAligned)
      #expect(pair.log == [3])
    }
  }

  @Test func valuesInRegistersSurvive() {
    withStack({ pointer in
      let pair = Unmanaged<Pair>.fromOpaque(pointer!).takeUnretainedValue()
      var a = 1, b = 2, c = 3, d = 4, e = 5, f = 6
      while true {
        (a, b, c, d, e, f) = (b &* 3, c &+ 1, d ^ a, e &- b, f &+ c, a &+ d)
        pair.log = [a ^ b ^ c ^ d ^ e ^ f]
        cstack_switch(pair.there, pair.here.pointee)
      }
    }) { pair in
      var a = 11, b = 12, c = 13, d = 14, e = 15, f = 16
      var x = 1.5
      for _ in 0..<1000 {
        let before = [a, b, c, d, e, f]
        let float = x
        cstack_switch(pair.here, pair.there.pointee)
        #expect([a, b, c, d, e, f] == before && x == float)
        (a, b, c, d, e, f) = (b &+ 1, c &* 5, d ^ 3, e &- a, f &+ b, a ^ c)
        x = x * 1.0001 + 0.5
      }
    }
  }

  @Test func theRoundingModeBelongsToItsStack() {
    withStack({ pointer in
      let pair = Unmanaged<Pair>.fromOpaque(pointer!).takeUnretainedValue()
      fesetround(upward)
      while true {
        pair.log.append(Int(fegetround()))
        cstack_switch(pair.there, pair.here.pointee)
      }
    }) { pair in
      let before = fegetround()
      cstack_switch(pair.here, pair.there.pointee)
      #expect(fegetround() == before)
      cstack_switch(pair.here, pair.there.pointee)
      #expect(pair.log == [Int(upward), Int(upward)])
      #expect(fegetround() == before)
    }
  }
}
