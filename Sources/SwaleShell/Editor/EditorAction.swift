/// What a key can do that libedit has no function of its own for.
enum EditorAction: String, CaseIterable {
  case enter, newline, cancel, endOrDelete, up, down, left, right, home, end
  case wordLeft, wordRight, deleteBackward, deleteForward, killToLineEnd, killToLineStart
  case killWordBackward, killPreviousWord, killNextWord, yank, undo, complete, search, clear, suspend
  case nothing

  /// The name by which `.editrc` can bind it.
  var name: String {
    var result = "swale"
    for character in rawValue {
      result += character.isUppercase ? "-" + character.lowercased() : String(character)
    }
    return result.hasPrefix("swale-") ? result : "swale-" + result.dropFirst("swale".count)
  }

  var help: String {
    switch self {
    case .enter: "Accept the entry, or begin another line where it is unfinished"
    case .newline: "Begin another line"
    case .cancel: "Drop the entry"
    case .endOrDelete: "Leave on an empty entry, else delete the character at the cursor"
    case .up: "Line above, or older entry with the same beginning"
    case .down: "Line below, or newer entry with the same beginning"
    case .left: "Character to the left"
    case .right: "Character to the right, or take the suggestion"
    case .home: "Start of the line"
    case .end: "End of the line, or take the suggestion"
    case .wordLeft: "Word to the left"
    case .wordRight: "Word to the right"
    case .deleteBackward: "Delete the character before the cursor"
    case .deleteForward: "Delete the character at the cursor"
    case .killToLineEnd: "Cut to the end of the line"
    case .killToLineStart: "Cut to the start of the line"
    case .killWordBackward: "Cut back to a blank"
    case .killPreviousWord: "Cut the word before the cursor"
    case .killNextWord: "Cut the word behind the cursor"
    case .yank: "Insert what was cut"
    case .undo: "Take back the last change"
    case .complete: "Complete the word before the cursor"
    case .search: "Search the history"
    case .clear: "Clear the screen"
    case .suspend: "Stop Swale until the system shell continues it"
    case .nothing: "Do nothing"
    }
  }

  /// True for actions that cut text; several in a row are put back together.
  var cuts: Bool {
    switch self {
    case .killToLineEnd, .killToLineStart, .killWordBackward, .killPreviousWord, .killNextWord:
      true
    default: false
    }
  }
}
