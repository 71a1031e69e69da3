/// Completes the names of files and folders.
enum PathCompletion {
  /// Returns the paths that begin with what is typed.
  ///
  /// - Parameters:
  ///   - start: where the typed path begins in the entry, in bytes.
  ///   - closing: what ends a whole path, such as a quote.
  ///   - suffixes: endings that files must have one of; empty for any.
  static func complete(
    _ typed: String, start: Int, closing: String, home: String?, suffixes: [String] = [],
    foldersOnly: Bool = false
  ) -> Completion {
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let prefix = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    if folder.isEmpty, prefix == "~" {
      return Completion(start: start, candidates: [.init(text: "~/", label: "~/")])
    }
    let expanded = FileSystem.expandTilde(folder, home: home)
    let place = expanded.isEmpty ? "." : expanded
    var candidates: [Completion.Candidate] = []
    for name in FileSystem.names(in: place).sorted()
    where name.hasPrefix(prefix) && (prefix.hasPrefix(".") || !name.hasPrefix(".")) {
      let isFolder = FileSystem.isFolder(place.hasSuffix("/") ? place + name : place + "/" + name)
      if !isFolder, foldersOnly { continue }
      if !isFolder, !suffixes.isEmpty, !suffixes.contains(where: { name.hasSuffix($0) }) { continue }
      // A name that would steer the terminal, or end the string, is left to the person.
      if name.unicodeScalars.contains(where: { VisibleText.escape($0) != nil || $0 == "\"" }) { continue }
      candidates.append(
        .init(
          text: folder + name + (isFolder ? "/" : ""), label: name + (isFolder ? "/" : ""),
          ending: isFolder ? "" : closing))
    }
    return Completion(start: start, candidates: candidates)
  }
}
