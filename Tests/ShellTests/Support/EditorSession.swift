import Glibc
import Testing

@testable import SwaleShell

/// The terminal's editor at work on a terminal of its own, in a thread; each result is printed.
final class EditorSession {
  let terminal: PseudoTerminal
  private var thread = pthread_t()

  init(
    columns: Int = 40, rows: Int = 12, history: [String] = [], editrc: String = "",
    isColored: Bool = false, completions: [String] = []
  ) throws {
    terminal = try PseudoTerminal(columns: columns, rows: rows)
    let kept = History(path: nil)
    for entry in history { kept.add(entry) }
    var assistant = EditorAssistant()
    assistant.isIncomplete = EditorSession.isIncomplete
    assistant.complete = { text, cursor in
      let before = String(decoding: Array(text.utf8)[..<cursor], as: UTF8.self)
      let word = before.split(separator: " ", omittingEmptySubsequences: false).last ?? ""
      let found = completions.filter { $0.hasPrefix(word) }
      return Completion(
        start: cursor - word.utf8.count,
        candidates: found.map { Completion.Candidate(text: $0, label: $0, ending: " ") })
    }
    let work = Work(
      device: terminal.device, history: kept, isColored: isColored, assistant: assistant,
      configuration: EditorConfiguration(text: editrc))
    let context = Unmanaged.passRetained(work).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
    try #require(status == 0)
    waitForPrompt()
  }

  /// Waits for an empty prompt: keys sent earlier reach a terminal that edits lines itself.
  func waitForPrompt() {
    terminal.wait { $0.acceptsMarkedPaste && $0.text.hasSuffix("swale>") }
  }

  deinit {
    // Whatever was being typed, this drops it and leaves; part of it may end an unfinished key.
    for _ in 0..<5 {
      terminal.type("\u{7}\u{3}")
      usleep(50_000)
      terminal.type("\u{4}")
      if terminal.wait(seconds: 2, until: { $0.text.contains("bye") }) {
        pthread_join(thread, nil)
        return
      }
    }
    Issue.record("the editor does not end")
    pthread_detach(thread)
  }

  /// True while a bracket is open.
  private static func isIncomplete(_ text: String) -> Bool {
    text.reduce(0) { $0 + ("({[".contains($1) ? 1 : ")}]".contains($1) ? -1 : 0) } > 0
  }

  private final class Work {
    let editor: TerminalEditor
    init(
      device: Int32, history: History, isColored: Bool, assistant: EditorAssistant,
      configuration: EditorConfiguration
    ) {
      editor = TerminalEditor(
        input: device, output: device, isColored: isColored, history: history,
        assistant: assistant, configuration: configuration)
    }

    func run() {
      while true {
        switch editor.read(.standard) {
        case .entry(let text):
          editor.history.add(text)
          editor.write("=> \(text.debugDescription)\r\n")
        case .cancelled: editor.write("cancelled\r\n")
        case .failed: return
        case .end:
          editor.write("bye\r\n")
          return
        }
      }
    }
  }
}
