import Glibc

/// All bytes of a file, mapped into memory where that saves copying; valid while this object lives.
///
/// A mapped file must not be shortened by others meanwhile, as with every program that maps files.
public final class FileContents {
  public let name: String
  public let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Below this size reading is as fast as mapping.
  private static let mappingThreshold = 1 << 20

  /// Reads or maps a file; `isCompressed` decompresses it with gzip.
  public init(_ path: String, isCompressed: Bool = false) throws {
    name = path
    let reader = try FileReader(path)
    if !isCompressed, path != "/dev/stdin", let size = reader.size, size >= FileContents.mappingThreshold,
      let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, reader.descriptor, 0), base != MAP_FAILED
    {
      madvise(base, size, MADV_WILLNEED)
      bytes = UnsafeRawBufferPointer(start: base, count: size)
      isMapped = true
      return
    }
    let size = reader.size ?? 0
    let all =
      isCompressed
      ? try GzipReader(reader).readAll(expected: min(size, 1 << 26) * 4) : try reader.readAll(expected: size)
    bytes = UnsafeRawBufferPointer(all)
    isMapped = false
  }

  deinit {
    let base = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
    if isMapped { munmap(base, bytes.count) } else { free(base) }
  }
}
