import Glibc
import SwaleSyntax

/// Finds, reads and resolves the files that `use` names; each once.
final class ModuleLoader {
  private var loaded: [String: Module] = [:]
  /// The files being resolved, outermost first, for the report of a cycle.
  private var loading: [String] = []
  private let topLevel: TopLevel

  /// `topLevel` holds the names that every file sees, such as `args`.
  init(topLevel: TopLevel) { self.topLevel = topLevel }

  /// Marks a script as being resolved, so that a module that uses it is a cycle.
  func enter(_ source: Source) {
    if let path = realPath(source.name) { loading = [path] } else { loading = [] }
  }

  /// Returns the module of a path, which is relative to the file that uses it.
  func load(_ path: String, from location: Location) throws(ProgramFailure) -> Module {
    func failure(_ kind: ErrorKind, _ message: String, hint: String? = nil) -> ProgramFailure {
      ProgramFailure([Diagnostic(kind, message, at: location, hint: hint)])
    }
    let directory = location.source.name.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    let isAbsolute = path.hasPrefix("/") || !location.source.name.contains("/")
    let file = isAbsolute ? path : directory + "/" + path
    guard let real = realPath(file) else {
      throw failure(
        .io, "cannot find \(file): \(String(cString: strerror(errno)))",
        hint: "a path in `use` is relative to the file it stands in")
    }
    if let module = loaded[real] { return module }
    if let start = loading.firstIndex(of: real) {
      let cycle = (loading[start...] + [real]).map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      throw failure(
        .name, "files use each other in a circle: \(cycle.joined(separator: " → "))",
        hint: "move what both need into a third file")
    }
    let bytes: [UInt8]
    do { bytes = try Files.read(file) } catch {
      throw failure(.io, (error as? SwaleError)?.message ?? "cannot read \(file)")
    }
    let source = Source(name: file, bytes: bytes)
    let program: Program
    do { program = try Parser.parse(source, transforms: topLevel.transforms) } catch {
      throw ProgramFailure([error])
    }
    loading.append(real)
    defer { loading.removeLast() }
    let base = real.split(separator: "/").last.map(String.init) ?? real
    let module = Module(name: base.hasSuffix(".swale") ? String(base.dropLast(6)) : base, path: real)
    let resolver = Resolver(source: source, topLevel: topLevel, isPrompt: false, modules: self)
    resolver.isModule = true
    module.code = try resolver.resolve(program)
    module.exports = resolver.exports
    module.transforms = resolver.newTransforms
    loaded[real] = module
    return module
  }

  private func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
