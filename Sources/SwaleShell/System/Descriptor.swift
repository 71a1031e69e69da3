import Glibc

/// Reading and writing on a file descriptor, with interruptions by signals taken care of.
enum Descriptor {
  /// Writes all of the text; false if nobody can read it any more or the device failed.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { write($0, to: descriptor) }
  }

  static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Bool {
    var rest = UnsafeRawBufferPointer(bytes)[...]
    while !rest.isEmpty {
      let slice = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.write(descriptor, slice.baseAddress, slice.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&poller, 1, -1)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Reads up to a number of bytes; empty at the end of the input, nil on an error.
  static func read(_ descriptor: Int32, upTo limit: Int) -> [UInt8]? {
    while true {
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        let result = Glibc.read(descriptor, buffer.baseAddress, limit)
        failure = result < 0 ? errno : 0
        count = max(result, 0)
      }
      if failure == 0 { return bytes }
      if failure == EAGAIN {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        poll(&poller, 1, -1)
      } else if failure != EINTR {
        return nil
      }
    }
  }

  /// Reads everything until the end of the input; nil on an error, with the reason in `errno`.
  static func readAll(_ descriptor: Int32) -> [UInt8]? {
    var all: [UInt8] = []
    while let bytes = read(descriptor, upTo: 1 << 16) {
      if bytes.isEmpty { return all }
      all += bytes
    }
    return nil
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Returns the columns and rows of a terminal, 80 by 24 where it does not tell.
  static func size(of descriptor: Int32) -> (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
