import Glibc
import SwaleSyntax

/// Finds, reads and resolves the files that `use` names; each once.
final class ModuleLoader {
  private var loaded: [String: Module] = [:]
  /// The files being resolved, outermost first, for the report of a cycle.
  private var loading: [String] = []
  /// The files whose problems have been reported while the present text was resolved.
  private var failed: Set<String> = []
  private let topLevel: TopLevel

  /// `topLevel` holds the names that every file sees, such as `args`.
  init(topLevel: TopLevel) { self.topLevel = topLevel }

  /// Marks a script as being resolved, so that a module that uses it is a cycle.
  func enter(_ source: Source) {
    failed = []
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
      let reason = String(cString: strerror(errno))
      throw failure(
        .io, "cannot find \(file): \(reason)",
        hint: closestFile(to: path, at: file).map { "did you mean \($0)?" }
          ?? "a path in `use` is relative to the file it stands in")
    }
    if let module = loaded[real] { return module }
    // What is wrong with it has been reported.
    if failed.contains(real) { throw ProgramFailure([]) }
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
      failed.insert(real)
      throw ProgramFailure(Parser.problems(in: source, transforms: topLevel.transforms))
    }
    loading.append(real)
    defer {
      loading.removeLast()
      if loaded[real] == nil { failed.insert(real) }
    }
    let module = Module(name: ModuleLoader.moduleName(of: path), path: real)
    let resolver = Resolver(source: source, topLevel: topLevel, isPrompt: false, modules: self)
    resolver.isModule = true
    module.code = try resolver.resolve(program)
    module.exports = resolver.exports
    module.transforms = resolver.newTransforms
    loaded[real] = module
    return module
  }

  /// Returns the name under which a file is known to the one that uses it: its own, without extension.
  static func moduleName(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.hasSuffix(".swale") ? file.dropLast(6) : file)
  }

  /// Returns the path of a file beside a missing one that was probably meant.
  private func closestFile(to path: String, at file: String) -> String? {
    let parent = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    guard let stream = opendir(parent.isEmpty ? "." : parent) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    let missing = file.split(separator: "/").last.map(String.init) ?? file
    let candidates = names.filter { $0.hasSuffix(".swale") }
    guard
      let name = candidates.first(where: { $0 == missing + ".swale" })
        ?? closestName(to: missing, among: candidates)
    else { return nil }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    return folder.isEmpty ? name : folder + "/" + name
  }

  private func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
