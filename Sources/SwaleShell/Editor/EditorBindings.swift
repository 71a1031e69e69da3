/// The keys that Swale binds in the key maps of libedit.
enum EditorBindings {
  static func install(in engine: LibEdit, configuration: EditorConfiguration) {
    // A line that chooses the key maps resets every key, so it has to come first.
    for words in configuration.mapChoices { engine.parse(words) }
    for (action, function) in functions {
      engine.addFunction(action.name, help: action.help, function)
    }
    for (key, action) in everywhere + (engine.isVi ? [] : emacs) {
      engine.bind(key, to: action.name)
    }
    if engine.isVi {
      for (key, action) in everywhere + viCommands where action != .complete {
        engine.bindCommand(key, to: action.name)
      }
    }
    for words in configuration.rest { engine.parse(words) }
  }

  /// Keys of both maps.
  private static let everywhere: [(String, EditorAction)] = [
    ("^M", .enter), ("^J", .enter), ("^C", .cancel), ("^D", .endOrDelete), ("^I", .complete),
    ("^R", .search), ("^L", .clear), ("^Z", .suspend), ("^?", .deleteBackward),
    ("^H", .deleteBackward),
    (SpecialKey.newline.bindingText, .newline), (SpecialKey.up.bindingText, .up),
    (SpecialKey.down.bindingText, .down), (SpecialKey.left.bindingText, .left),
    (SpecialKey.right.bindingText, .right), (SpecialKey.home.bindingText, .home),
    (SpecialKey.end.bindingText, .end), (SpecialKey.delete.bindingText, .deleteForward),
    (SpecialKey.wordLeft.bindingText, .wordLeft), (SpecialKey.wordRight.bindingText, .wordRight),
    (SpecialKey.pageUp.bindingText, .nothing), (SpecialKey.pageDown.bindingText, .nothing),
    (SpecialKey.backTab.bindingText, .nothing), (SpecialKey.ignored.bindingText, .nothing),
  ]

  private static let emacs: [(String, EditorAction)] = [
    ("^P", .up), ("^N", .down), ("^B", .left), ("^F", .right), ("^A", .home), ("^E", .end),
    ("\\eb", .wordLeft), ("\\ef", .wordRight), ("^K", .killToLineEnd), ("^U", .killToLineStart),
    ("^W", .killWordBackward), ("\\e^?", .killPreviousWord), ("\\e^H", .killPreviousWord),
    ("\\ed", .killNextWord), ("^Y", .yank), ("^_", .undo),
  ]

  private static let viCommands: [(String, EditorAction)] = [("k", .up), ("j", .down)]

  /// The functions that libedit calls; they can capture nothing, so each is written out.
  private static let functions: [(EditorAction, LibEdit.Function)] = [
    (.enter, { edit, _ in perform(.enter, edit) }),
    (.newline, { edit, _ in perform(.newline, edit) }),
    (.cancel, { edit, _ in perform(.cancel, edit) }),
    (.endOrDelete, { edit, _ in perform(.endOrDelete, edit) }),
    (.up, { edit, _ in perform(.up, edit) }),
    (.down, { edit, _ in perform(.down, edit) }),
    (.left, { edit, _ in perform(.left, edit) }),
    (.right, { edit, _ in perform(.right, edit) }),
    (.home, { edit, _ in perform(.home, edit) }),
    (.end, { edit, _ in perform(.end, edit) }),
    (.wordLeft, { edit, _ in perform(.wordLeft, edit) }),
    (.wordRight, { edit, _ in perform(.wordRight, edit) }),
    (.deleteBackward, { edit, _ in perform(.deleteBackward, edit) }),
    (.deleteForward, { edit, _ in perform(.deleteForward, edit) }),
    (.killToLineEnd, { edit, _ in perform(.killToLineEnd, edit) }),
    (.killToLineStart, { edit, _ in perform(.killToLineStart, edit) }),
    (.killWordBackward, { edit, _ in perform(.killWordBackward, edit) }),
    (.killPreviousWord, { edit, _ in perform(.killPreviousWord, edit) }),
    (.killNextWord, { edit, _ in perform(.killNextWord, edit) }),
    (.yank, { edit, _ in perform(.yank, edit) }),
    (.undo, { edit, _ in perform(.undo, edit) }),
    (.complete, { edit, _ in perform(.complete, edit) }),
    (.search, { edit, _ in perform(.search, edit) }),
    (.clear, { edit, _ in perform(.clear, edit) }),
    (.suspend, { edit, _ in perform(.suspend, edit) }),
    (.nothing, { _, _ in LibEdit.Outcome.unchanged.rawValue }),
  ]

  private static func perform(_ action: EditorAction, _ handle: OpaquePointer?) -> UInt8 {
    guard let editor = TerminalEditor.editor(of: handle) else {
      return LibEdit.Outcome.end.rawValue
    }
    return editor.perform(action).rawValue
  }
}
