import Glibc
import SwaleEngine

/// Reads files into values: what `read` does.
struct FileRead {
  let chosenFormat: Value
  let options: CSVOptions
  /// An option that only separated files have, for a message; nil where none was given.
  let separatedOption: String?
  let context: Context

  /// Reads a file, standard input for "-", or all files that a pattern stands for.
  func read(_ path: String) throws -> Value {
    let paths = try FileRead.expand(path)
    guard paths.count > 1 else { return try one(paths[0]) }
    let parts = try paths.map { path in
      try context.tick()
      return try one(path)
    }
    return try join(parts, path)
  }

  private func one(_ path: String) throws -> Value {
    let (format, isCompressed) = try FileFormat.of(path, chosen: chosenFormat)
    if let separatedOption, !format.isSeparated {
      throw SwaleError(
        .value, "\(separatedOption): is for csv and tsv files, and \(path) is read as \(format.rawValue)")
    }
    let name = path == "-" ? "/dev/stdin" : path
    if format.isSeparated {
      let source = try ByteSource(name, isCompressed: isCompressed)
      let file = try CSVFile(source, options, defaultDelimiter: format.delimiter)
      return .object(try TableValue(.scan(file), file.columnNames, context))
    }
    let contents = try FileContents(name, isCompressed: isCompressed)
    switch format {
    case .json: return try JSONFiles.document(contents, context)
    case .ndjson: return try JSONFiles.lines(contents, isStrict: options.isStrict, context)
    default: return .list(try TextLines.list(contents, context))
    }
  }

  // MARK: Several files

  /// Returns the paths that a pattern stands for, or the path itself.
  private static func expand(_ path: String) throws -> [String] {
    if path == "-" || !Glob.isPattern(path) { return [path] }
    // A file whose name looks like a pattern.
    if access(path, F_OK) == 0 { return [path] }
    let found = try Glob.paths(path)
    if found.isEmpty {
      throw SwaleError(
        .io, "no file matches \(path)", hint: Files.workingDirectory.map { "looked from \($0)" })
    }
    return found
  }

  private func join(_ parts: [Value], _ path: String) throws -> Value {
    let tables = parts.compactMap { value -> TableValue? in
      if case .object(let object) = value { return object as? TableValue }
      return nil
    }
    if tables.count == parts.count {
      return .object(try TableVerbs(tables[0], context).append(Array(tables.dropFirst())))
    }
    let result = ListStorage()
    for part in parts {
      guard case .list(let list) = part else {
        throw SwaleError(
          .value, "the files of \(path) do not go together: some hold records and some other values",
          hint: "read them one by one")
      }
      result.append(contentsOf: list)
    }
    return .list(result)
  }
}
