import CLibraries

/// What a gzip file holds, read in pieces: all members of the file, one after the other.
public final class GzipReader: ByteReader {
  private let source: any ByteReader
  // zlib keeps the address of its stream, which therefore must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  /// Compressed bytes that were read from the source.
  private var consumed = 0
  private var members = 0
  private var isInMember = false
  private var isSourceAtEnd = false

  public init(_ source: any ByteReader) {
    self.source = source
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(byteCount: 1 << 17, alignment: 16)
  }

  deinit {
    if members > 0 { inflateEnd(stream) }
    stream.deallocate()
    input.deallocate()
  }

  public var name: String { source.name }

  /// The offset of the next compressed byte.
  private var position: Int { consumed - Int(stream.pointee.avail_in) }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let wanted = min(buffer.count, 1 << 24)
    stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(wanted)
    while stream.pointee.avail_out == wanted {
      try Interrupt.check()
      if stream.pointee.avail_in == 0 { try refill() }
      if !isInMember, try !beginMember() { return 0 }
      if stream.pointee.avail_in == 0 && isSourceAtEnd {
        throw damaged("it ends in the middle, at byte \(position): the file is not complete")
      }
      let code = inflate(stream, Z_NO_FLUSH)
      switch code {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isInMember = false
      default: throw damaged("it is damaged at byte \(position)\(reason)")
      }
    }
    return wanted - Int(stream.pointee.avail_out)
  }

  private func refill() throws {
    if isSourceAtEnd { return }
    let count = try source.read(into: input)
    isSourceAtEnd = count == 0
    consumed += count
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
  }

  /// Starts the next member; false at the end of the file.
  private func beginMember() throws -> Bool {
    if members > 0 {
      // Tapes and some tools pad with zeros behind the last member.
      while true {
        while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
          stream.pointee.next_in += 1
          stream.pointee.avail_in -= 1
        }
        if stream.pointee.avail_in > 0 || isSourceAtEnd { break }
        try refill()
      }
      if stream.pointee.avail_in == 0 { return false }
    }
    guard stream.pointee.avail_in > 0 else { throw damaged("it is empty") }
    guard stream.pointee.next_in.pointee == 0x1F else {
      throw damaged(
        members == 0
          ? "it does not begin as gzip data do"
          : "what follows the compressed data at byte \(position) is no gzip",
        hint: members == 0 ? "a file that is not compressed must not be called .gz" : nil)
    }
    // 15 bits of window, and 16 for a gzip header.
    let code =
      members == 0
      ? inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      : inflateReset(stream)
    guard code == Z_OK else { throw damaged("zlib could not start (\(code))") }
    members += 1
    isInMember = true
    return true
  }

  private var reason: String {
    guard let message = stream.pointee.msg else { return "" }
    return " (\(String(cString: message)))"
  }

  private func damaged(_ why: String, hint: String? = nil) -> SwaleError {
    SwaleError(.io, "cannot decompress \(name): \(why)", hint: hint)
  }
}
