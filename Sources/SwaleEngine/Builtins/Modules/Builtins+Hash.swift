import CLibraries
import Glibc

extension Builtins {
  /// The module `hash`: checksums and digests of strings and bytes.
  nonisolated(unsafe) static let hash: [Builtin] = [
    Builtin(
      "sha256", module: "hash", [.init("data", .byteLike)],
      "Returns the SHA-256 digest of a string's UTF-8 or of bytes, as 64 hexadecimal digits.",
      example: (
        "hash.sha256(\"abc\")", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""
      ), isElementwise: true
    ) { call in
      var state = SHA2_CTX()
      SHA256Init(&state)
      try feed(call) { SHA256Update(&state, $0, $1) }
      return digest(32) { SHA256Final($0, &state) }
    },
    Builtin(
      "sha512", module: "hash", [.init("data", .byteLike)],
      "Returns the SHA-512 digest of a string's UTF-8 or of bytes, as 128 hexadecimal digits.",
      example: ("hash.sha512(\"abc\")[0..<16]", "\"ddaf35a193617aba\""), isElementwise: true
    ) { call in
      var state = SHA2_CTX()
      SHA512Init(&state)
      try feed(call) { SHA512Update(&state, $0, $1) }
      return digest(64) { SHA512Final($0, &state) }
    },
    Builtin(
      "sha1", module: "hash", [.init("data", .byteLike)],
      "Returns the SHA-1 digest as 40 hexadecimal digits; no longer safe against forgery.",
      example: ("hash.sha1(\"abc\")", "\"a9993e364706816aba3e25717850c26c9cd0d89d\""), isElementwise: true
    ) { call in
      var state = SHA1_CTX()
      SHA1Init(&state)
      try feed(call) { SHA1Update(&state, $0, $1) }
      return digest(20) { SHA1Final($0, &state) }
    },
    Builtin(
      "md5", module: "hash", [.init("data", .byteLike)],
      "Returns the MD5 digest as 32 hexadecimal digits; no longer safe against forgery.",
      example: ("hash.md5(\"abc\")", "\"900150983cd24fb0d6963f7d28e17f72\""), isElementwise: true
    ) { call in
      var state = MD5_CTX()
      MD5Init(&state)
      try feed(call) { MD5Update(&state, $0, $1) }
      return digest(16) { MD5Final($0, &state) }
    },
    Builtin(
      "crc32", module: "hash", [.init("data", .byteLike)],
      "Returns the CRC-32 checksum, as gzip and zip use it, as an int.",
      example: ("hash.crc32(\"abc\")", "891568578"), isElementwise: true
    ) { call in
      var checksum: uLong = 0
      try feed(call) { checksum = CLibraries.crc32_z(checksum, $0, $1) }
      return .int(Int(checksum))
    },
  ]

  /// Passes the bytes of the first argument on in pieces, polling in between.
  private static func feed(_ call: Call, _ update: (UnsafePointer<UInt8>, Int) -> Void) throws {
    try call.withBytes(0) { bytes in
      guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
      var position = 0
      while position < bytes.count {
        let count = Swift.min(1 << 20, bytes.count - position)
        update(base + position, count)
        position += count
        try call.context.tick(count >> 8)
      }
    }
  }

  private static func digest(_ count: Int, _ finish: (UnsafeMutablePointer<UInt8>) -> Void) -> Value {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { buffer in
      finish(buffer.baseAddress!)
      return .string(Hexadecimal.text(UnsafeRawBufferPointer(buffer)))
    }
  }
}
