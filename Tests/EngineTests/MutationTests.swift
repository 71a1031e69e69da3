import Glibc
import SwaleEngine
import SwaleSyntax
import SwaleTables
import Testing

/// Programs with random changes are accepted or refused, in no long time, with problems that lie
/// within their text; nothing makes the parser or the resolver fail.
///
/// SWALE_FUZZ_SECONDS makes it go on for longer.
@Suite(.serialized) struct MutationTests {
  /// A small generator with a fixed beginning, so that a failure comes again.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  @Test func changedProgramsAreHandled() throws {
    Tables.install()
    let session = Session(engine: .interpret, arguments: [], output: Output(), errorOutput: Output())
    let paths = ["Tests/Corpus", "Tests/Diagnostics", "Examples"].flatMap { ProjectFiles.programs(in: $0) }
    let programs = try paths.map { Array(try ProjectFiles.text($0).utf8) }
    let seconds = getenv("SWALE_FUZZ_SECONDS").flatMap { Int(String(cString: $0)) } ?? 5
    var random = Generator(state: UInt64(seconds) &* 0x9E37_79B9_7F4A_7C15)
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(seconds))
    var count = 0
    while clock.now < end {
      var bytes = programs.randomElement(using: &random)!
      let other = programs.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, from: other, &random) }
      let source = Source(name: "<changed>", bytes: bytes)
      let start = clock.now
      let diagnostics = session.check(source)
      let time = start.duration(to: clock.now)
      let text = String(decoding: bytes, as: UTF8.self).debugDescription
      #expect(time < .seconds(20), "\(time): \(text)")
      #expect(diagnostics.count <= Limits.problems, "\(text)")
      for diagnostic in diagnostics where !isFine(diagnostic, in: source) {
        Issue.record("\(diagnostic.message): \(text)")
      }
      count += 1
    }
    #expect(count > 0)
  }

  private func isFine(_ diagnostic: Diagnostic, in source: Source) -> Bool {
    guard let location = diagnostic.location else { return false }
    let span = location.span
    let isInside =
      span.lower >= 0 && span.lower <= span.upper && Int(span.upper) <= location.source.bytes.count
    return isInside && !diagnostic.message.isEmpty
      && !DiagnosticRenderer(width: 60).render(diagnostic).isEmpty
  }

  /// Changes a few bytes: removes, repeats, moves some, or takes some from another program.
  private func mutate(_ bytes: inout [UInt8], from other: [UInt8], _ random: inout Generator) {
    guard !bytes.isEmpty, !other.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let length = Int.random(in: 1...(Bool.random(using: &random) ? 3 : 30), using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.removeSubrange(place..<min(bytes.count, place + length))
    case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 2: bytes[place] = Array("(){}[]|.,:=\"'#\n \\&".utf8).randomElement(using: &random)!
    case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + length)], at: place)
    case 4:
      let target = Int.random(in: 0..<bytes.count, using: &random)
      bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + length)], at: target)
    default:
      let start = Int.random(in: 0..<other.count, using: &random)
      bytes.insert(contentsOf: other[start..<min(other.count, start + length)], at: place)
    }
  }
}
