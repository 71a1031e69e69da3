extension Lexer {
  /// Takes the closing line's indentation off each line of a multi-line string, and the last
  /// newline off its end.
  func unindented(_ open: OpenString, closing: Int) throws(Diagnostic) -> [OpenString.Piece] {
    guard let last = open.pieces.last, let closingLine = last.lineStarts.last,
      bytes[closingLine.inSource..<closing].allSatisfy(isBlank)
    else {
      throw problem(
        "the closing quotes of a multi-line string stand on a line of their own", closing, offset,
        hint: "break the line before \(open.delimiter)")
    }
    let indentation = bytes[closingLine.inSource..<closing]
    var pieces = open.pieces
    for (index, piece) in pieces.enumerated() {
      let isLast = index == pieces.count - 1
      pieces[index].bytes = try unindented(piece, indentation, closing: closing, isLast: isLast)
    }
    return pieces
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private func unindented(
    _ piece: OpenString.Piece, _ indentation: ArraySlice<UInt8>, closing: Int, isLast: Bool
  ) throws(Diagnostic) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(piece.bytes.count)
    var position = 0
    let lines = isLast ? piece.lineStarts.dropLast() : piece.lineStarts[...]
    for line in lines {
      result.append(contentsOf: piece.bytes[position..<line.inPiece])
      let end = line.inSource + indentation.count
      if end <= closing, bytes[line.inSource..<end] == indentation {
        position = line.inPiece + indentation.count
        continue
      }
      var blankEnd = line.inSource
      while blankEnd < closing, isBlank(bytes[blankEnd]) { blankEnd += 1 }
      // A line of nothing but spaces need not be indented; it comes out empty.
      guard bytes[blankEnd] == UInt8(ascii: "\n") || bytes[blankEnd] == UInt8(ascii: "\r") else {
        throw misindented(line.inSource, blankEnd, closing)
      }
      position = line.inPiece + blankEnd - line.inSource
    }
    guard isLast, let closingLine = piece.lineStarts.last else {
      return result + piece.bytes[position...]
    }
    // Without the newline before the closing line, where it is not the one behind the opening.
    let end = max(position, closingLine.inPiece - 1)
    if closingLine.inPiece > position { result.append(contentsOf: piece.bytes[position..<end]) }
    return result
  }

  private func misindented(_ start: Int, _ textStart: Int, _ closing: Int) -> Diagnostic {
    let closingLine = source.position(of: closing).line
    return problem(
      "this line is not indented like the closing quotes of its string", start,
      max(textStart, start + 1),
      hint: "begin each line with the same spaces or tabs as line \(closingLine), the closing one")
  }
}
