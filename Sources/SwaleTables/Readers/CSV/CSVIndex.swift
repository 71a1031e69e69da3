import Glibc

/// Where the fields of some rows begin and end: what is found of a piece of a file before anything in
/// it is read.
///
/// Field c of row r ends at `ends[r * columns + c]` and begins behind the end of the field before it,
/// the first one at `starts[r]`. Offsets count from the beginning of the piece.
final class CSVIndex {
  /// A row that does not have as many fields as the others.
  struct BadRow {
    let start: Int
    let end: Int
    let reason: String
  }

  private(set) var ends: UnsafeMutablePointer<UInt32>
  private(set) var starts: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  /// Separators found so far.
  var endCount = 0
  /// Rows found so far.
  var rowCount = 0
  var badRows: [BadRow] = []
  /// True if some byte is 0x80 or above.
  var hasHighBytes = false

  init() {
    capacity = 1 << 16
    ends = .allocate(capacity: capacity)
    starts = .allocate(capacity: capacity)
  }

  deinit {
    ends.deallocate()
    starts.deallocate()
  }

  /// Forgets what was found and makes room for a piece of so many bytes.
  func reset(_ byteCount: Int) {
    // A separator for each byte, one for the end, and room to write some behind the last.
    let needed = byteCount + 80
    if needed > capacity {
      ends.deallocate()
      starts.deallocate()
      capacity = needed
      ends = .allocate(capacity: capacity)
      starts = .allocate(capacity: capacity)
    }
    endCount = 0
    rowCount = 0
    badRows = []
    hasHighBytes = false
  }

  /// What one row more or fewer fields than it should have is told in.
  static func raggedReason(_ count: Int, _ columns: Int) -> String {
    "\(count) field\(count == 1 ? "" : "s") instead of \(columns)"
  }
}
