import Glibc
import SwaleEngine

/// Collects bytes and hands them on in large pieces, to a file or into memory.
final class ByteOutput {
  private var buffer = ValueWriter()
  private let target: (any ByteWriter)?
  private static let pieceSize = 1 << 18

  /// Collects in memory where there is no target.
  init(_ target: (any ByteWriter)? = nil) { self.target = target }

  /// Lets `body` write some text; what has become long is handed on.
  @inline(__always) func write(_ body: (inout ValueWriter) throws -> Void) throws {
    try body(&buffer)
    if buffer.bytes.count >= ByteOutput.pieceSize { try flush() }
  }

  private func flush() throws {
    guard let target else { return }
    try buffer.bytes.withUnsafeBytes { try target.write($0) }
    buffer.bytes.removeAll(keepingCapacity: true)
  }

  /// Hands on what is left and closes the target.
  func finish() throws {
    try flush()
    try target?.finish()
  }

  /// What was written into memory.
  var text: Text { buffer.bytes.withUnsafeBufferPointer { $0.count == 0 ? Text.empty : Text.make($0) } }
}
