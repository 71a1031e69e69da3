import Glibc

extension Builtins {
  /// The module `fs`: files and directories.
  nonisolated(unsafe) static let files: [Builtin] = fileContents + fileSystem + paths

  nonisolated(unsafe) private static let fileContents: [Builtin] = [
    Builtin(
      "read_text", module: "fs", [.init("path", .string)],
      "Returns the text of a file, which must be UTF-8; a byte order mark is left out.",
      example: (
        "fs.write_text(\"note.txt\", \"one\\ntwo\\n\"); fs.read_text(\"note.txt\")", "\"one\\ntwo\\n\""
      )
    ) { call in
      let path = call.string(0)
      let contents = try FileContents(path)
      var bytes = contents.bytes.bindMemory(to: UInt8.self)
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = UnsafeBufferPointer(rebasing: bytes[3...]) }
      if let offset = Text.firstInvalidByte(bytes) {
        let position = offset + contents.bytes.count - bytes.count
        throw SwaleError(
          .io, "cannot read \(Files.shown(path)) as text: byte \(position) is not UTF-8",
          hint: "fs.read_bytes(path) reads any file, decode(bytes, \"latin-1\") other encodings")
      }
      return .string(Text.make(bytes))
    },
    Builtin(
      "read_bytes", module: "fs", [.init("path", .string)], "Returns the bytes of a file.",
      example: ("fs.write_text(\"note.txt\", \"né\"); fs.read_bytes(\"note.txt\") | len", "3")
    ) { call in .bytes(try Files.read(call.string(0))) },
    Builtin(
      "write_text", module: "fs",
      [
        .init("path", .string), .init("text", .string), .init("append", .bool, default: .bool(false)),
      ], "Writes a text to a file, which it replaces or, with `append: true`, goes on.",
      example: (
        "let p = \"log.txt\"; fs.write_text(p, \"a\"); fs.write_text(p, \"b\", append: true); fs.read_text(p)",
        "\"ab\""
      )
    ) { call in try write(call) },
    Builtin(
      "write_bytes", module: "fs",
      [
        .init("path", .string), .init("bytes", .bytes), .init("append", .bool, default: .bool(false)),
      ], "Writes bytes to a file, which it replaces or, with `append: true`, goes on.",
      example: ("fs.write_bytes(\"data.bin\", bytes([0, 255])); fs.stat(\"data.bin\").size", "2")
    ) { call in try write(call) },
  ]

  private static func write(_ call: Call) throws -> Value {
    // What was printed to a terminal or file comes before what is written there.
    try call.context.output.flush()
    try call.withBytes(1) { try Files.write(call.string(0), $0, isAppending: call.bool(2)) }
    return .null
  }

  nonisolated(unsafe) private static let fileSystem: [Builtin] = [
    Builtin(
      "list", module: "fs", [.init("path", .string, default: .text("."))],
      "Returns the names in a directory, sorted; names that begin with a dot too.",
      example: ("fs.mkdir(\"box\"); fs.write_text(\"box/a.txt\", \"\"); fs.list(\"box\")", "[\"a.txt\"]")
    ) { call in texts(try Folder.names(call.string(0))) },
    Builtin(
      "glob", module: "fs", [.init("pattern", .string)],
      """
      Returns the paths that fit a pattern, sorted: `*` is any part of a name, `?` one character, `[a-z]` \
      one of some,
      `**` any directories in between.
      """,
      example: (
        "fs.mkdir(\"tree/in\"); fs.write_text(\"tree/in/b.csv\", \"\"); fs.glob(\"tree/**/*.csv\")",
        "[\"tree/in/b.csv\"]"
      )
    ) { call in texts(try Glob.paths(call.string(0))) },
    Builtin(
      "exists", module: "fs", [.init("path", .string)], "True if there is a file or directory of that path.",
      example: ("fs.exists(\"no such file\")", "false")
    ) { call in .bool(try Folder.kind(call.string(0), followsLinks: true) != nil) },
    Builtin(
      "is_directory", module: "fs", [.init("path", .string)], "True if the path is that of a directory.",
      example: ("fs.is_directory(\"/\")", "true")
    ) { call in .bool(try Folder.kind(call.string(0), followsLinks: true) == .directory) },
    Builtin(
      "stat", module: "fs", [.init("path", .string), .init("follow", .bool, default: .bool(true))],
      """
      Returns a record of what is known about a file: path, kind, size in bytes, modified, mode.
      The kind is "file", "directory", "link", "pipe", "socket" or "device"; links are followed unless \
      `follow: false`.
      """,
      example: (
        "fs.write_text(\"note.txt\", \"four\"); let s = fs.stat(\"note.txt\"); [s.kind, s.size]",
        "[\"file\", 4]"
      )
    ) { call in
      let path = call.string(0)
      guard let information = try Folder.information(path, followsLinks: call.bool(1)) else {
        throw Files.failure("look at", path, code: ENOENT)
      }
      let (seconds, overflow) = information.st_mtim.tv_sec.multipliedReportingOverflow(
        by: Calendar.nanosecondsASecond)
      return .record(
        RecordStorage([
          "path": call[0], "kind": .text(Folder.Kind(information.st_mode).rawValue),
          "size": .int(Int(information.st_size)),
          "modified": overflow ? .null : .dateTime(seconds &+ information.st_mtim.tv_nsec),
          "mode": .text(permissions(information.st_mode)),
        ]))
    },
    Builtin(
      "mkdir", module: "fs", [.init("path", .string)],
      "Creates a directory, and those above it that are missing; one that is there already is left as it is.",
      example: ("fs.mkdir(\"a/b/c\"); fs.is_directory(\"a/b/c\")", "true")
    ) { call in
      try Folder.create(call.string(0))
      return .null
    },
    Builtin(
      "remove", module: "fs", [.init("path", .string), .init("recursive", .bool, default: .bool(false))],
      "Removes a file or an empty directory; with `recursive: true` a directory and all that is in it.",
      example: ("fs.write_text(\"old.txt\", \"\"); fs.remove(\"old.txt\"); fs.exists(\"old.txt\")", "false")
    ) { call in
      try Folder.remove(call.string(0), isRecursive: call.bool(1))
      return .null
    },
    Builtin(
      "copy", module: "fs", [.init("from", .string), .init("to", .string)],
      "Copies a file, or a directory with all that is in it, to a path or into a directory that is there.",
      example: (
        "fs.write_text(\"one.txt\", \"1\"); fs.copy(\"one.txt\", \"two.txt\"); fs.read_text(\"two.txt\")",
        "\"1\""
      )
    ) { call in
      try Folder.copy(call.string(0), call.string(1))
      return .null
    },
    Builtin(
      "move", module: "fs", [.init("from", .string), .init("to", .string)],
      "Moves a file or directory to a path, replacing a file, or into a directory that is there.",
      example: (
        "fs.write_text(\"one.txt\", \"1\"); fs.move(\"one.txt\", \"two.txt\"); fs.exists(\"one.txt\")",
        "false"
      )
    ) { call in
      try Folder.move(call.string(0), call.string(1))
      return .null
    },
  ]

  nonisolated(unsafe) private static let paths: [Builtin] = [
    Builtin(
      "cwd", module: "fs", [], "Returns the path of the current directory, which relative paths start from.",
      example: ("fs.is_directory(fs.cwd())", "true")
    ) { _ in
      guard let path = Files.workingDirectory else { throw Files.failure("find", "the current directory") }
      return .text(path)
    },
    Builtin(
      "join", module: "fs", [.init("path", .string), .rest("names", .string)],
      "Returns the path of a name in a directory; a name that begins with / starts anew.",
      example: ("fs.join(\"data\", \"2026\", \"may.csv\")", "\"data/2026/may.csv\"")
    ) { call in
      var path = call.string(0)
      try call.list(1).forEach { part in
        guard case .string(let name) = part else {
          throw SwaleError(.type, "fs.join: a name must be a string, not \(part.typeNameWithArticle)")
        }
        path = Folder.join(path, name.string)
      }
      return .text(path)
    },
    Builtin(
      "name", module: "fs", [.init("path", .string)], "Returns the last part of a path.",
      example: ("fs.name(\"data/may.csv\")", "\"may.csv\"")
    ) { call in .text(Folder.lastName(call.string(0))) },
    Builtin(
      "parent", module: "fs", [.init("path", .string)], "Returns the path without its last part.",
      example: ("fs.parent(\"data/may.csv\")", "\"data\"")
    ) { call in
      let path = call.string(0)
      let parts = path.split(separator: "/").dropLast().joined(separator: "/")
      return .text(path.hasPrefix("/") ? "/" + parts : parts.isEmpty ? "." : parts)
    },
    Builtin(
      "extension", module: "fs", [.init("path", .string)],
      "Returns what follows the last dot of a path's name, \"\" without one.",
      example: ("fs.extension(\"data/may.csv\")", "\"csv\"")
    ) { call in
      let name = Folder.lastName(call.string(0))
      guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return .text("") }
      return .text(String(name[name.index(after: dot)...]))
    },
  ]

  private static func texts(_ names: [String]) -> Value { .list(ListStorage(names.map { Value.text($0) })) }

  /// Permissions as `ls` shows them, such as `rw-r--r--`.
  private static func permissions(_ mode: mode_t) -> String {
    let letters = Array("rwxrwxrwx")
    return String((0..<9).map { mode & (0o400 >> mode_t($0)) != 0 ? letters[$0] : "-" })
  }
}
