import EngineTesting
import Glibc
import SwaleEngine
import Testing

/// Every builtin, called with random and extreme arguments, gives a value or an error: it never crashes,
/// never takes all memory, stops when it is told to, and does the same on both engines.
@Suite(.serialized) struct BuiltinFuzzTests {
  /// How long it goes on; more by hand with SWALE_FUZZ_SECONDS, another sequence with SWALE_FUZZ_SEED.
  private static let seconds = number("SWALE_FUZZ_SECONDS") ?? 8
  private static let seed = number("SWALE_FUZZ_SEED") ?? 1
  /// Calls that run longer are told to stop.
  private static let patience = Duration.milliseconds(300)

  private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

  @Test func randomArguments() throws {
    _ = builtinsAreInstalled
    try inEmptyFolder {
      var source = CallSource(seed: UInt64(BuiltinFuzzTests.seed))
      var differences: [String] = []
      var count = 0
      let clock = ContinuousClock()
      let end = clock.now.advanced(by: .seconds(BuiltinFuzzTests.seconds))
      let memory = BuiltinFuzzTests.peakMemory
      while clock.now < end, differences.count < 10 {
        let text = source.next()
        note(text)
        count += 1
        let runs = EngineKind.allCases.map { engine in
          stopping(after: BuiltinFuzzTests.patience) {
            ProgramRun(text, engine: engine)
          }
        }
        if let late = runs.first(where: { $0.overtime > .seconds(1) }) {
          differences.append("\(text)\n goes on for \(late.overtime) after it is told to stop")
        } else if runs.contains(where: { $0.result.exitStatus == 130 }) || source.isVolatile {
          continue
        } else if runs[0].result != runs[1].result {
          differences.append(
            "\(text)\n interpret: \(runs[0].result.description)\n compile: \(runs[1].result.description)")
        }
      }
      #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
      #expect(count > 20)
      let growth = BuiltinFuzzTests.peakMemory - memory
      #expect(growth < 6 << 30, "\(growth >> 20) MB were taken")
    }
  }

  /// Keeps the call that runs in a file, by which a crash is found again.
  private func note(_ text: String) {
    guard let path = getenv("SWALE_FUZZ_LOG"), let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  private static var peakMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}

/// Random calls of all builtins, as programs.
struct CallSource {
  private let builtins = Builtins.all.filter { builtin in
    // They end the program, wait for a person or for a time.
    !["exit", "input", "sleep", "time.sleep"].contains(builtin.qualifiedName)
  }
  private var arguments: ArgumentSource
  /// True if what the last program gives depends on more than its text.
  private(set) var isVolatile = false

  init(seed: UInt64) { arguments = ArgumentSource(seed: seed) }

  mutating func next() -> String {
    let builtin = arguments.oneOf(builtins)
    isVolatile =
      ["random", "time", "env", "fs"].contains(builtin.module)
      || ["now", "today", "sample", "write", "read"].contains(builtin.name)
    var values: [String] = []
    var isNamed = false
    for parameter in builtin.parameters {
      switch parameter.kind {
      case .rest:
        for _ in 0..<Int.random(in: 0...3, using: &arguments.random) {
          values.append(arguments.value(parameter.types))
        }
      case .namedRest:
        for name in ["a", "by", "c"] where arguments.chance(50) {
          values.append("\(name): \(arguments.value(parameter.types))")
        }
      case .plain, .inPlace:
        if parameter.defaultValue != nil, arguments.chance(40) { continue }
        let value = arguments.value(parameter.types)
        if !values.isEmpty { isNamed = isNamed || arguments.chance(parameter.defaultValue == nil ? 10 : 70) }
        values.append(isNamed ? "\(parameter.name): \(value)" : value)
      }
    }
    if arguments.chance(3) { values.append(arguments.value(.any)) }
    if arguments.chance(3), !values.isEmpty { values.removeLast() }
    return text(of: builtin, values)
  }

  private mutating func text(of builtin: Builtin, _ values: [String]) -> String {
    let name = builtin.qualifiedName
    let isInPlace = builtin.parameters.first?.kind == .inPlace
    guard let first = values.first else { return name + "()" }
    let rest = values.dropFirst().joined(separator: ", ")
    if isInPlace { return "var x = \(first)\n[x.\(name)(\(rest)), x]" }
    switch Int.random(in: 0..<4, using: &arguments.random) {
    case 0 where builtin.module == nil: return "(\(first)).\(name)(\(rest))"
    case 1: return "(\(first)) | \(name)(\(rest))"
    default: return "\(name)(\(values.joined(separator: ", ")))"
    }
  }
}
