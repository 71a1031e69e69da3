import Synchronization

/// How the arguments of a call are held, in one word.
struct Signature: Equatable {
  /// Four bits for each parameter.
  private var bits: UInt64 = 0
  /// Parameters beyond are always boxed.
  static let limit = 16

  /// The signature of arguments that are all held in one way.
  init(all representation: Representation) { bits = UInt64(representation.rawValue) &* 0x1111_1111_1111_1111 }

  subscript(_ parameter: Int) -> Representation {
    @inline(__always) get {
      parameter < Signature.limit
        ? Representation(rawValue: UInt8(truncatingIfNeeded: bits >> UInt64(parameter * 4)) & 15)! : .value
    }
    @inline(__always) set {
      if parameter < Signature.limit {
        bits &= ~(15 << UInt64(parameter * 4))
        bits |= UInt64(newValue.rawValue) << UInt64(parameter * 4)
      }
    }
  }
}

/// All specializations of a function.
///
/// They are made and changed under the compiler's lock. Running code, of several tasks at once, finds
/// those that are finished in a list that only grows, without a lock.
final class Specializations {
  private struct Found {
    let signature: Signature
    let generation: Int
    let specialization: Unmanaged<Specialization>
    let next: UnsafeMutablePointer<Found>?
  }

  private(set) var all: [Specialization] = []
  /// Held as long as calls may run them.
  private var published: [Specialization] = []
  private var generation = 0
  private let first = Atomic<UnsafeMutablePointer<Found>?>(nil)
  /// Beyond this many, calls are compiled with boxed parameters.
  static let limit = 12

  deinit {
    var next = first.load(ordering: .relaxed)
    while let found = next {
      next = found.pointee.next
      found.deallocate()
    }
  }

  /// Returns what was published for arguments that are held in these ways.
  @inline(__always) func published(_ signature: Signature) -> Unmanaged<Specialization>? {
    var next = first.load(ordering: .acquiring)
    while let found = next {
      if found.pointee.signature == signature, found.pointee.generation == Compiler.currentGeneration {
        return found.pointee.specialization
      }
      next = found.pointee.next
    }
    return nil
  }

  // MARK: Under the lock

  /// Forgets what was made before a redefinition.
  func update(to current: Int) {
    if generation != current { all.removeAll() }
    generation = current
  }

  func publish(_ specialization: Specialization, for signature: Signature) {
    published.append(specialization)
    let found = UnsafeMutablePointer<Found>.allocate(capacity: 1)
    found.initialize(
      to: Found(
        signature: signature, generation: generation,
        specialization: Unmanaged.passUnretained(specialization), next: first.load(ordering: .relaxed)))
    first.store(found, ordering: .releasing)
  }

  func find(_ parameters: [Representation]) -> Specialization? {
    all.first { $0.parameters == parameters }
  }

  func add(_ specialization: Specialization) { all.append(specialization) }

  func remove(_ specialization: Specialization) { all.removeAll { $0 === specialization } }
}
