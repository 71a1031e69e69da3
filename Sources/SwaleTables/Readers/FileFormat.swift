import SwaleEngine

/// The kinds of files that can be read and written.
enum FileFormat: String, CaseIterable {
  case csv, tsv, json, ndjson, txt

  /// Returns the format of a name such as "csv".
  static func named(_ name: String) -> FileFormat? {
    name == "jsonl" ? .ndjson : FileFormat(rawValue: name)
  }

  private static let names = "csv, tsv, json, ndjson, jsonl or txt"

  /// Returns the format that a person chose, else the one of the path's extension, and whether the file is
  /// compressed.
  static func of(_ path: String, chosen: Value) throws -> (format: FileFormat, isCompressed: Bool) {
    var name = path.lowercased()
    let isCompressed = name.hasSuffix(".gz")
    if isCompressed { name.removeLast(3) }
    if case .string(let text) = chosen {
      guard let format = named(text.string) else {
        throw SwaleError(.value, "there is no format \(chosen.displayString)", hint: "there are \(names)")
      }
      return (format, isCompressed)
    }
    if path == "-" {
      throw SwaleError(
        .value, "standard input has no extension that tells its format", hint: "read(\"-\", format: \"csv\")")
    }
    let file = name.split(separator: "/").last ?? ""
    guard let dot = file.lastIndex(of: "."), let format = named(String(file[file.index(after: dot)...]))
    else {
      throw SwaleError(
        .value, "the extension of \(path) is none of \(FileFormat.names)",
        hint: "name the format: format: \"csv\"")
    }
    return (format, isCompressed)
  }

  /// True for the formats with fields that are separated.
  var isSeparated: Bool { self == .csv || self == .tsv }

  /// What separates the fields where it is not to be found out.
  var delimiter: UInt8? { self == .tsv ? 0x09 : nil }
}
