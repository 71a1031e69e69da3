import CLibraries

/// Compresses with gzip what is written to it.
public final class GzipWriter: ByteWriter {
  private let target: any ByteWriter
  // zlib keeps the address of its stream, which therefore must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let output: UnsafeMutableRawBufferPointer
  private var isFinished = false

  /// `level` runs from 1, fast, to 9, small.
  public init(_ target: any ByteWriter, level: Int = 6) throws {
    self.target = target
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    output = .allocate(byteCount: 1 << 17, alignment: 16)
    // 15 bits of window, and 16 for a gzip header.
    let code = deflateInit2_(
      stream, Int32(min(max(level, 1), 9)), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw SwaleError(.io, "cannot compress: zlib could not start (\(code))") }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 24))
      rest = UnsafeRawBufferPointer(rebasing: rest[piece.count...])
      // zlib does not write to its input.
      stream.pointee.next_in = UnsafeMutablePointer(
        mutating: piece.baseAddress!.assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = UInt32(piece.count)
      try drain(Z_NO_FLUSH)
    }
  }

  public func finish() throws {
    if isFinished { return }
    isFinished = true
    stream.pointee.avail_in = 0
    try drain(Z_FINISH)
    try target.finish()
  }

  /// Compresses all input and passes on what comes out.
  private func drain(_ mode: Int32) throws {
    repeat {
      stream.pointee.next_out = output.baseAddress!.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(output.count)
      _ = deflate(stream, mode)
      let count = output.count - Int(stream.pointee.avail_out)
      try target.write(UnsafeRawBufferPointer(rebasing: output.prefix(count)))
    } while stream.pointee.avail_out == 0
  }
}
