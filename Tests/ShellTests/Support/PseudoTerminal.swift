import Glibc
import Testing

@testable import SwaleShell

/// A terminal that a test types on and looks at.
final class PseudoTerminal {
  let keyboard: Int32
  /// The side that a program has as its terminal.
  let device: Int32
  let path: String
  private(set) var screen: TerminalScreen

  init(columns: Int = 60, rows: Int = 12) throws {
    // The functions of the C library for this are hidden from Swift; these are what they call.
    let unlock: UInt = 0x4004_5431
    let getNumber: UInt = 0x8004_5430
    keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: UInt32 = 0
    var lock: Int32 = 0
    try #require(keyboard >= 0)
    try #require(ioctl(keyboard, unlock, &lock) == 0 && ioctl(keyboard, getNumber, &number) == 0)
    path = "/dev/pts/\(number)"
    device = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(device >= 0)
    screen = TerminalScreen(columns: columns, rows: rows)
    setSize(columns: columns, rows: rows)
  }

  deinit {
    close(keyboard)
    close(device)
  }

  private func setSize(columns: Int, rows: Int) {
    var size = winsize()
    size.ws_col = UInt16(columns)
    size.ws_row = UInt16(rows)
    _ = ioctl(keyboard, UInt(TIOCSWINSZ), &size)
  }

  func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    setSize(columns: columns, rows: rows)
  }

  /// Sends keys as a person types them; what they make appear is not waited for.
  func type(_ keys: String) { Descriptor.write(keys, to: keyboard) }

  func send(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { _ = Descriptor.write($0, to: keyboard) }
  }

  func paste(_ text: String) {
    type("\u{1b}[200~" + text.replacing("\n", with: "\r") + "\u{1b}[201~")
  }

  /// Waits until the screen fulfils a condition; false if it does not within some seconds.
  @discardableResult
  func wait(seconds: Double = 10, until isFulfilled: (TerminalScreen) -> Bool) -> Bool {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while true {
      readAvailable(within: isFulfilled(screen) ? 15 : 50)
      if isFulfilled(screen) { return true }
      if clock.now > end { return false }
    }
  }

  private func readAvailable(within milliseconds: Int32) {
    var poller = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
    var patience = milliseconds
    while poll(&poller, 1, patience) > 0, poller.revents & Int16(POLLIN) != 0 {
      guard let bytes = Descriptor.read(keyboard, upTo: 4096), !bytes.isEmpty else { return }
      screen.feed(bytes)
      patience = 0
    }
  }

  /// Checks that the screen comes to show exactly this.
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    wait { $0.text == text }
    #expect(screen.text == text, sourceLocation: sourceLocation)
  }

  /// Checks that the screen comes to show a text somewhere.
  func expect(containing text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let found = wait { $0.transcript.contains(text) }
    #expect(found, "\(screen.transcript)", sourceLocation: sourceLocation)
  }

  func expectCursor(
    row: Int, column: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    wait { $0.cursorRow == row && $0.cursorColumn == column }
    #expect(
      [screen.cursorRow, screen.cursorColumn] == [row, column], "\(screen.text)",
      sourceLocation: sourceLocation)
  }
}
