import CLibEdit
import Glibc

/// The editing engine: key maps of emacs and vi, key sequences and the terminal's modes.
///
/// It draws nothing: its output goes to the null device, while its descriptors are those of the
/// real terminal. The reader hook, which it calls for every key, draws the buffer instead.
final class LibEdit {
  private let handle: OpaquePointer
  private let nullFile: UnsafeMutablePointer<FILE>
  private let entries: OpaquePointer?

  typealias Function = @convention(c) (OpaquePointer?, Int32) -> UInt8
  typealias Reader = @convention(c) (OpaquePointer?, UnsafeMutablePointer<wchar_t>?) -> Int32

  /// What a function tells libedit about what it did.
  enum Outcome: UInt8 {
    case unchanged = 0, accepted = 1, end = 2, changed = 4
  }

  /// Returns nil where libedit cannot be set up.
  init?(input: Int32, output: Int32, client: UnsafeMutableRawPointer, reader: @escaping Reader) {
    // Whether a character can be printed, libedit asks the C library at this moment.
    _ = CharacterLocale.prepared
    guard let file = fopen("/dev/null", "r+") else { return nil }
    guard let handle = el_init_fd("swale", file, file, file, input, output, output) else {
      fclose(file)
      return nil
    }
    self.handle = handle
    nullFile = file
    swale_edit_set_client(handle, client)
    swale_edit_set_editor(handle, "emacs")
    swale_edit_set_reader(handle, reader)
    entries = history_init()
    if let entries {
      swale_history_resize(entries, Int32(History.limit))
      swale_edit_set_history(handle, entries)
    }
    // Ctrl-C, Ctrl-S and the like are keys while editing.
    for flag in ["-isig", "-ixon", "-ixoff", "-iexten", "-flusho"] {
      swale_edit_set_mode(handle, flag)
    }
  }

  deinit {
    el_end(handle)
    if let entries { history_end(entries) }
    fclose(nullFile)
  }

  /// Returns the client that was given for an engine.
  static func client(of handle: OpaquePointer?) -> UnsafeMutableRawPointer? {
    handle.flatMap { swale_edit_client($0) }
  }

  var isVi: Bool { swale_edit_is_vi(handle) != 0 }

  /// The text and cursor that libedit works on.
  var buffer: EditBuffer {
    get {
      guard let info = el_wline(handle)?.pointee, let start = info.buffer else {
        return EditBuffer()
      }
      let count = info.lastchar - start
      let scalars = (0..<count).map { index in
        Unicode.Scalar(UInt32(bitPattern: start[index])) ?? "\u{FFFD}"
      }
      return EditBuffer(scalars: scalars, cursor: info.cursor - start)
    }
    set {
      let old = buffer
      guard newValue != old else { return }
      if newValue.scalars != old.scalars {
        // Only the part that differs is replaced: whole replacement of a long paste at each key
        // would make editing it slow.
        let shared = zip(old.scalars, newValue.scalars).prefix { $0 == $1 }.count
        _ = el_cursor(handle, Int32(old.scalars.count - old.cursor))
        if old.scalars.count > shared { el_deletestr(handle, Int32(old.scalars.count - shared)) }
        if newValue.scalars.count > shared {
          let added = newValue.scalars[shared...].map { wchar_t(bitPattern: $0.value) } + [0]
          _ = el_winsertstr(handle, added)
        }
        _ = el_cursor(handle, Int32(newValue.cursor - newValue.scalars.count))
      } else {
        _ = el_cursor(handle, Int32(newValue.cursor - old.cursor))
      }
    }
  }

  func addFunction(_ name: String, help: String, _ function: @escaping Function) {
    swale_edit_add_function(handle, name, help, function)
  }

  func bind(_ key: String, to function: String) { swale_edit_bind(handle, key, function) }

  /// Binds a key in the command map of vi.
  func bindCommand(_ key: String, to function: String) {
    swale_edit_bind_alternative(handle, key, function)
  }

  /// Carries out a command of `.editrc`, given as its words.
  func parse(_ words: [String]) {
    var pointers: [UnsafePointer<CChar>?] = words.map { UnsafePointer(strdup($0)) }
    defer { for pointer in pointers { free(UnsafeMutableRawPointer(mutating: pointer)) } }
    _ = el_parse(handle, Int32(pointers.count), &pointers)
  }

  /// Makes an entry known to the history commands of libedit itself, such as vi's `/`.
  func remember(_ entry: String) {
    if let entries { swale_history_enter(entries, entry) }
  }

  /// Tells libedit that the terminal has another size.
  func resize() { el_resize(handle) }

  /// Runs the editor until a line is accepted; returns it, nil at the end of the input.
  func readLine() -> String? {
    var count: Int32 = 0
    guard let line = el_wgets(handle, &count), count > 0 else { return nil }
    var text = String.UnicodeScalarView()
    for index in 0..<Int(count) {
      text.append(Unicode.Scalar(UInt32(bitPattern: line[index])) ?? "\u{FFFD}")
    }
    return String(text)
  }
}
