import Glibc

/// Edits entries of one or more lines on a terminal.
///
/// libedit supplies key maps, key sequences and the terminal's modes; it calls `nextKey` for each
/// key, which draws the buffer. What libedit has no notion of (lines within an entry, completion
/// lists, search as it is drawn here) are functions of ours that keys are bound to.
final class TerminalEditor: LineEditor {
  let output: Int32
  let isColored: Bool
  let history: History
  var assistant: EditorAssistant
  private let configuration: EditorConfiguration

  private(set) lazy var engine: LibEdit? = makeEngine()
  var keys: KeyReader
  var painter = Painter()
  var prompt = PromptText.standard

  var navigation = HistoryNavigation()
  var undo = UndoStack()
  /// What the last deletion took, for Ctrl-Y.
  var killed = ""
  var lastAction: EditorAction?
  /// The column that moving up and down tries to keep.
  var wantedColumn = 0
  /// The list under the entry, until the next key.
  var menu: [Completion.Candidate] = []
  /// How the entry ended, once a function decided so.
  var result: EditorResult?
  private var remembered = 0
  /// True until the first key of an entry is waited for.
  private var isBeginning = false

  init(
    input: Int32, output: Int32, isColored: Bool, history: History, assistant: EditorAssistant,
    configuration: EditorConfiguration
  ) {
    self.output = output
    self.isColored = isColored
    self.history = history
    self.assistant = assistant
    self.configuration = configuration
    self.input = input
    keys = KeyReader(input: input, wakeUp: TerminalGuard.prepare(input: input, output: output))
    keys.passedOn = configuration.boundSequences
  }

  private let input: Int32

  private func makeEngine() -> LibEdit? {
    let client = Unmanaged.passUnretained(self).toOpaque()
    let engine = LibEdit(input: input, output: output, client: client) { handle, character in
      guard let editor = TerminalEditor.editor(of: handle), let character else { return -1 }
      guard let scalar = editor.nextKey() else { return 0 }
      character.pointee = wchar_t(bitPattern: scalar.value)
      return 1
    }
    if let engine { EditorBindings.install(in: engine, configuration: configuration) }
    return engine
  }

  /// Returns the editor that an engine belongs to.
  static func editor(of handle: OpaquePointer?) -> TerminalEditor? {
    LibEdit.client(of: handle).map {
      Unmanaged<TerminalEditor>.fromOpaque($0).takeUnretainedValue()
    }
  }

  // MARK: Reading

  func read(_ prompt: PromptText) -> EditorResult {
    guard let engine else { return .end }
    self.prompt = prompt
    navigation = HistoryNavigation()
    undo = UndoStack()
    lastAction = nil
    menu = []
    result = nil
    isBeginning = true
    painter.reset()
    TerminalGuard.beginEditing()
    write(startOfLine() + "\u{1b}[?2004h")
    let line = engine.readLine()
    write("\u{1b}[?2004l")
    TerminalGuard.endEditing()
    if let result { return result }
    // Reached when a key of the user's own accepted the line, or the terminal went away.
    guard let line else {
      write(painter.finish(layout(EditBuffer()), height: size.rows))
      return .end
    }
    let text = line.hasSuffix("\n") ? String(line.dropLast()) : line
    write(painter.finish(layout(EditBuffer(text)), height: size.rows))
    return .entry(text)
  }

  /// Returns what moves to the start of a line, below an output that did not end its last one.
  ///
  /// The blanks fill the line exactly when it was empty; otherwise they run over into the next.
  private func startOfLine() -> String {
    let mark = Style.dim.paint("⏎", when: isColored)
    return mark + String(repeating: " ", count: size.columns - 1) + "\r\u{1b}[J"
  }

  /// Draws the entry and waits for a key; nil at the end of the input.
  func nextKey() -> Unicode.Scalar? {
    guard let engine, result == nil else { return nil }
    if isBeginning {
      isBeginning = false
      keys.beginSingleKeys()
    }
    while true {
      let buffer = engine.buffer
      undo.note(buffer)
      if !keys.isWaiting { draw(buffer) }
      rememberHistory()
      switch keys.next() {
      case .scalar(let scalar):
        menu = []
        return scalar
      case .paste(let text):
        menu = []
        lastAction = nil
        edit { $0.insert(text.hasSuffix("\n") ? String(text.dropLast()) : text) }
      case .wakeUp:
        if showOutputOfTasks() { continue }
        engine.resize()
        write(painter.eraseAfterResize(columns: size.columns, height: size.rows))
      case .end:
        return nil
      }
    }
  }

  /// Shows what tasks have printed above the entry; false where they have not.
  private func showOutputOfTasks() -> Bool {
    let text = assistant.takeOutput()
    if text.isEmpty { return false }
    // The terminal is in raw mode, where a line feed does not go to the start of the line.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    write(painter.erase() + lines + (text.hasSuffix("\n") ? "" : "\r\n"))
    return true
  }

  /// Changes the text and cursor.
  func edit(_ change: (inout EditBuffer) -> Void) {
    guard let engine else { return }
    var buffer = engine.buffer
    change(&buffer)
    engine.buffer = buffer
  }

  /// Hands entries on to libedit once the prompt stands there, so that they do not delay it.
  private func rememberHistory() {
    guard let engine, engine.isVi else { return }
    for entry in history.entries.dropFirst(remembered) { engine.remember(entry) }
    remembered = history.entries.count
  }

  // MARK: Drawing

  var size: (columns: Int, rows: Int) { Descriptor.size(of: output) }

  func write(_ text: String) { Descriptor.write(text, to: output) }

  func draw(_ buffer: EditBuffer) {
    let size = size
    var layout = layout(buffer, suggestion: suggestion(for: buffer))
    let room = size.rows - min(layout.rows.count, size.rows - 1)
    for row in CompletionMenu.rows(menu, columns: size.columns - 1, height: max(room, 0)) {
      layout.appendBelow(row, .dim)
    }
    write(painter.paint(layout, height: size.rows))
  }

  func layout(_ buffer: EditBuffer, suggestion: String = "") -> EntryLayout {
    EntryLayout(
      prompt: prompt, buffer: buffer, styles: isColored ? styles(of: buffer) : [],
      suggestion: suggestion, columns: size.columns, colored: isColored)
  }

  private func styles(of buffer: EditBuffer) -> [Style] {
    let text = buffer.text
    var bytes = [Style](repeating: .plain, count: text.utf8.count)
    for span in assistant.highlight(text) {
      for index in span.range.clamped(to: 0..<bytes.count) { bytes[index] = span.style }
    }
    var offset = 0
    return buffer.scalars.map { scalar in
      defer { offset += UTF8.width(scalar) }
      return bytes[offset]
    }
  }

  /// Returns the rest of the newest entry that begins with what is typed.
  func suggestion(for buffer: EditBuffer) -> String {
    guard isColored, menu.isEmpty, !buffer.isEmpty, buffer.cursor == buffer.scalars.count else {
      return ""
    }
    let text = buffer.text
    guard let entry = history.entries.last(where: { $0.hasPrefix(text) && $0 != text }) else {
      return ""
    }
    return String(entry.unicodeScalars.dropFirst(buffer.scalars.count))
  }
}
