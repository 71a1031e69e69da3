import Glibc

/// All bytes of a file in memory; valid while this object lives.
///
/// Files are read and not mapped, since a mapped file that somebody shortens ends the program.
public final class FileContents {
  public let name: String
  public let bytes: UnsafeRawBufferPointer

  /// Reads a file; `isCompressed` decompresses it with gzip.
  public init(_ path: String, isCompressed: Bool = false) throws {
    name = path
    let reader = try FileReader(path)
    let size = reader.size ?? 0
    let all =
      isCompressed
      ? try GzipReader(reader).readAll(expected: min(size, 1 << 26) * 4) : try reader.readAll(expected: size)
    bytes = UnsafeRawBufferPointer(all)
  }

  deinit { free(UnsafeMutableRawPointer(mutating: bytes.baseAddress)) }
}
