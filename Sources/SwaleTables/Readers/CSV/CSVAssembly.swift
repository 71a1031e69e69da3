import Glibc
import SwaleEngine

/// Makes columns of what the pieces of a file gave.
struct CSVAssembly {
  /// Where the rows of each piece were written, and how many they are.
  let pieces: [(first: Int, count: Int)]
  /// The thread that read each piece.
  let readers: [Int]
  let context: Context

  var rowCount: Int { pieces.reduce(0) { $0 + $1.count } }

  /// `number` is the target's place among the targets of the readers.
  func column(_ target: CSVColumnTarget, _ number: Int, _ workers: [CSVPieceReader]) throws -> Column {
    let type = target.column.type
    let validity = self.validity(target)
    switch target.storage {
    case .bools(let items): return Column(bools: closed(items), validity: validity)
    case .ints(let items): return Column(ints: closed(items), as: type, validity: validity)
    case .floats(let items): return Column(floats: closed(items), validity: validity)
    case .codes(let codes):
      let dictionary = try merge(codes, workers.map { $0.tables[number] })
      return Column(codes: closed(codes), dictionary, validity: validity)
    case .lengths(let lengths):
      return Column(strings: try joined(lengths, target), validity: validity)
    }
  }

  /// Returns the items without the gaps that rejected rows have left between the pieces.
  private func closed<T: BitwiseCopyable>(_ items: Buffer<T>, extra: Int = 0) -> Buffer<T> {
    var end = 0
    for piece in pieces {
      if piece.first != end {
        memmove(
          items.base + end + extra, items.base + piece.first + extra, piece.count * MemoryLayout<T>.stride)
      }
      end += piece.count
    }
    return items.slice(0, end + extra)
  }

  private func validity(_ target: CSVColumnTarget) -> Bitmap? {
    guard pieces.indices.contains(where: { target.validity[$0] != nil }) else { return nil }
    let result = Bitmap(repeating: true, count: rowCount)
    var start = 0
    for (i, piece) in pieces.enumerated() {
      if let part = target.validity[i] { result.clear(from: start, where: part) }
      start += piece.count
    }
    return result
  }

  /// Makes one dictionary of those of the threads, and the codes ones of it.
  private func merge(_ codes: Buffer<Int32>, _ tables: [CSVPieceReader.StringTableBox]) throws
    -> StringDictionary
  {
    let all = tables[0]
    let maps = tables.dropFirst().map { box in
      let map = Buffer<Int32>(uninitialized: max(1, box.table.count))
      map.base[0] = 0
      for i in 0..<box.table.count { map.base[i] = all.table.number(of: box.table[i]) }
      return map
    }
    try Parallel.forEach(pieces.count, context, worker: {}) { _, i in
      if readers[i] == 0 { return }
      let map = maps[readers[i] - 1].base
      let items = codes.base + pieces[i].first
      for row in 0..<pieces[i].count { items[row] = map[Int(items[row])] }
    }
    return all.table.finish()
  }

  private func joined(_ lengths: Buffer<Int>, _ target: CSVColumnTarget) throws -> StringBuffer {
    let offsets = closed(lengths, extra: 1)
    var starts: [(row: Int, byte: Int)] = []
    var (row, byte) = (0, 0)
    for (i, piece) in pieces.enumerated() {
      starts.append((row, byte))
      row += piece.count
      byte += target.bytes[i]?.count ?? 0
    }
    offsets.base[0] = 0
    let bytes = Buffer<UInt8>(uninitialized: byte)
    try Parallel.forEach(pieces.count, context, worker: {}) { _, i in
      var sum = starts[i].byte
      let target = offsets.base + starts[i].row + 1
      for row in 0..<pieces[i].count {
        sum &+= target[row]
        target[row] = sum
      }
    }
    for i in pieces.indices {
      if let part = target.bytes[i] { memcpy(bytes.base + starts[i].byte, part.base, part.count) }
      target.bytes[i] = nil
    }
    return StringBuffer(offsets: offsets, bytes: bytes)
  }
}
