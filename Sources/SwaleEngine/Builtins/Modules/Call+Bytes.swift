extension TypeSet {
  /// What is seen as plain bytes: bytes, and strings by their UTF-8.
  static let byteLike: TypeSet = [.string, .bytes]
}

extension Call {
  /// Calls `body` with the bytes of a string or bytes argument.
  func withBytes<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    if case .string(let text) = self[index] { return try body(UnsafeRawBufferPointer(text.bytes)) }
    return try object(index, as: BytesValue.self).bytes.withUnsafeBytes(body)
  }
}

extension Value {
  static func bytes(_ bytes: [UInt8]) -> Value { .object(BytesValue(bytes)) }
}
