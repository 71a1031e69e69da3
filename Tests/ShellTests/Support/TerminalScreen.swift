import SwaleSyntax

/// What a person would see on a terminal that was sent some bytes; colours are left out.
struct TerminalScreen {
  private(set) var columns: Int
  private(set) var rows: Int
  /// Lines that scrolled off the top.
  private(set) var scrolled: [String] = []
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0
  /// True if the number of the sequence `?25` hid the cursor last.
  private(set) var isCursorHidden = false
  private(set) var acceptsMarkedPaste = false

  /// One cell per column; a wide character is followed by an empty cell.
  private var cells: [[String]]
  /// True after the last column was written: the next character goes to the next line.
  private var isWrapPending = false
  private var state = State.text
  private var pending: [UInt8] = []

  private enum State {
    case text
    case escape
    case sequence([UInt8])
  }

  init(columns: Int = 80, rows: Int = 24) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The visible lines without trailing blanks, and without empty lines at the end.
  var text: String {
    var lines = cells.map(TerminalScreen.line)
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// Everything that was ever shown, with what scrolled away.
  var transcript: String { (scrolled + [text]).joined(separator: "\n") }

  /// Returns a text without the codes of colours and without trailing blanks.
  static func plain(_ text: String) -> String {
    var screen = TerminalScreen(columns: max(1, text.count), rows: 1)
    screen.feed(Array(text.utf8))
    return screen.text
  }

  private static func line(_ cells: [String]) -> String {
    var line = cells.joined()
    while line.last == " " { line.removeLast() }
    return line
  }

  mutating func resize(columns: Int, rows: Int) {
    self.columns = columns
    cells = cells.map { Array(($0 + Array(repeating: " ", count: columns)).prefix(columns)) }
    while cells.count > rows, cursorRow >= rows {
      scrolled.append(TerminalScreen.line(cells.removeFirst()))
      cursorRow -= 1
    }
    cells = Array(cells.prefix(rows))
    while cells.count < rows { cells.append(Array(repeating: " ", count: columns)) }
    self.rows = rows
    cursorColumn = min(cursorColumn, columns - 1)
    isWrapPending = false
  }

  mutating func feed(_ bytes: [UInt8]) {
    for byte in bytes { feed(byte) }
  }

  private mutating func feed(_ byte: UInt8) {
    switch state {
    case .escape:
      state = byte == UInt8(ascii: "[") ? .sequence([]) : .text
    case .sequence(let parameters):
      if (0x40...0x7e).contains(byte) {
        state = .text
        run(byte, String(decoding: parameters, as: UTF8.self))
      } else {
        state = .sequence(parameters + [byte])
      }
    case .text:
      switch byte {
      case 0x1b: state = .escape
      case UInt8(ascii: "\r"):
        cursorColumn = 0
        isWrapPending = false
      case UInt8(ascii: "\n"): lineFeed()
      case 0x08: cursorColumn = max(0, cursorColumn - 1)
      case 0x00..<0x20: break
      default:
        pending.append(byte)
        if let scalar = completeScalar() { write(scalar) }
      }
    }
  }

  private mutating func completeScalar() -> Unicode.Scalar? {
    let first = pending[0]
    let length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    guard pending.count >= length else { return nil }
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self).unicodeScalars.first
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    let width = DisplayWidth.of(Character(scalar))
    if width == 0 {
      // A combining mark joins the character before the cursor.
      let column = isWrapPending ? cursorColumn : cursorColumn - 1
      if column >= 0 { cells[cursorRow][column].unicodeScalars.append(scalar) }
      return
    }
    if isWrapPending || cursorColumn + width > columns {
      cursorColumn = 0
      lineFeed()
      isWrapPending = false
    }
    cells[cursorRow][cursorColumn] = String(scalar)
    if width == 2 { cells[cursorRow][cursorColumn + 1] = "" }
    cursorColumn += width
    if cursorColumn >= columns {
      cursorColumn = columns - 1
      isWrapPending = true
    }
  }

  private mutating func lineFeed() {
    if cursorRow < rows - 1 {
      cursorRow += 1
    } else {
      scrolled.append(TerminalScreen.line(cells.removeFirst()))
      cells.append(Array(repeating: " ", count: columns))
    }
  }

  private mutating func run(_ command: UInt8, _ parameters: String) {
    let number = Int(parameters) ?? 0
    let distance = max(1, number)
    isWrapPending = false
    switch command {
    case UInt8(ascii: "A"): cursorRow = max(0, cursorRow - distance)
    case UInt8(ascii: "B"): cursorRow = min(rows - 1, cursorRow + distance)
    case UInt8(ascii: "C"): cursorColumn = min(columns - 1, cursorColumn + distance)
    case UInt8(ascii: "D"): cursorColumn = max(0, cursorColumn - distance)
    case UInt8(ascii: "G"): cursorColumn = min(columns - 1, distance - 1)
    case UInt8(ascii: "H"):
      let places = parameters.split(separator: ";").map { Int($0) ?? 1 }
      cursorRow = min(rows, places.first ?? 1) - 1
      cursorColumn = min(columns, places.count > 1 ? places[1] : 1) - 1
    case UInt8(ascii: "K"): erase(row: cursorRow, from: cursorColumn)
    case UInt8(ascii: "J"):
      if number == 2 {
        for row in 0..<rows { erase(row: row, from: 0) }
      } else {
        erase(row: cursorRow, from: cursorColumn)
        for row in (cursorRow + 1)..<max(rows, cursorRow + 1) { erase(row: row, from: 0) }
      }
    case UInt8(ascii: "h"), UInt8(ascii: "l"):
      let isOn = command == UInt8(ascii: "h")
      if parameters == "?25" { isCursorHidden = !isOn }
      if parameters == "?2004" { acceptsMarkedPaste = isOn }
    default: break
    }
  }

  private mutating func erase(row: Int, from column: Int) {
    for place in column..<columns { cells[row][place] = " " }
  }
}
