import Glibc

/// Finds paths by a pattern: `*` and `?` and `[a-z]` within a name, `**` for any directories in between.
public enum Glob {
  /// True if a path holds a character that makes it a pattern.
  public static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
  }

  /// Returns the paths that match, sorted by their bytes. Names that begin with a dot match only a pattern
  /// that does so too.
  public static func paths(_ pattern: String) throws -> [String] {
    try Files.checkPath(pattern)
    let parts = pattern.split(separator: "/").map(String.init)
    var places = [pattern.hasPrefix("/") ? "/" : ""]
    for (i, part) in parts.enumerated() {
      let isLast = i == parts.count - 1
      var next: [String] = []
      for place in places {
        if part == "**" {
          next += try folders(place, includesFiles: isLast)
        } else if isPattern(part) {
          next += try matches(part, in: place)
        } else {
          next.append(Folder.join(place, part))
        }
      }
      // `**` twice finds a directory in more than one way.
      var seen: Set<String> = []
      places = next.filter { seen.insert($0).inserted }
    }
    // Parts that are no patterns were not looked at on the way.
    let mustBeDirectory = pattern.hasSuffix("/")
    return try places.filter { path in
      guard !path.isEmpty, let kind = try Folder.kind(path, followsLinks: mustBeDirectory) else {
        return false
      }
      return !mustBeDirectory || kind == .directory
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A directory and all directories below it; links are not followed.
  private static func folders(_ place: String, includesFiles: Bool) throws -> [String] {
    guard try Folder.kind(place.isEmpty ? "." : place, followsLinks: true) == .directory else { return [] }
    let inside = try Folder.everything(below: place.isEmpty ? "." : place, includesHidden: false)
    let found = inside.filter { includesFiles || $0.kind == .directory }.map(\.path)
    // Relative paths were found below ".", which is no part of them.
    return (includesFiles ? [] : [place]) + (place.isEmpty ? found.map { String($0.dropFirst(2)) } : found)
  }

  private static func matches(_ part: String, in place: String) throws -> [String] {
    let folder = place.isEmpty ? "." : place
    guard try Folder.kind(folder, followsLinks: true) == .directory else { return [] }
    guard access(folder, R_OK) == 0 else { return [] }
    return try Folder.names(folder).filter { fnmatch(part, $0, FNM_PERIOD) == 0 }.map {
      Folder.join(place, $0)
    }
  }
}
