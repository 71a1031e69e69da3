import Glibc
import Testing

@testable import SwaleShell

@Suite struct HistoryTests {
  private let folder = TemporaryFolder()

  private func temporaryPath(_ name: String) -> String { folder.path + "/\(name)/deep/history" }

  @Test func entriesOfManyLinesSurvive() {
    let path = temporaryPath("lines")
    let entry = "fn f() {\n  \"back\\\\slash \\n\"\r\n}"
    let first = History(path: path)
    first.add(entry)
    first.add("second")
    first.add("second")
    first.add("  \n ")
    #expect(History(path: path).entries == [entry, "second"])
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func sessionsAtTheSameTimeKeepEachOthersEntries() {
    let path = temporaryPath("sessions")
    let one = History(path: path)
    let other = History(path: path)
    for number in 0..<50 {
      one.add("one \(number)")
      other.add("other \(number)")
    }
    #expect(History(path: path).entries.count == 100)
  }

  @Test func garbageIsPassedOver() {
    let path = temporaryPath("garbage")
    History(path: path).add("good")
    let descriptor = open(path, O_WRONLY | O_APPEND)
    Descriptor.write("bad \\x escape\nnul \0 byte\ntrailing \\\n", to: descriptor)
    let invalid: [UInt8] = [0xff, 0xfe, 0x0a]
    invalid.withUnsafeBufferPointer { _ = Descriptor.write($0, to: descriptor) }
    Descriptor.write("good too\nunfinished", to: descriptor)
    close(descriptor)
    #expect(History(path: path).entries == ["good", "good too", "unfinished"])
  }

  @Test func placesThatCannotBeWrittenAreNoError() {
    let history = History(path: "/proc/no/such/history")
    history.add("kept in mind")
    #expect(history.entries == ["kept in mind"])
    #expect(History(path: "/dev/zero").entries.isEmpty)
    #expect(History(path: "/tmp").entries.isEmpty)
  }

  @Test func readingIsBounded() {
    let path = temporaryPath("bounded")
    History(path: path).add("old")
    let descriptor = open(path, O_WRONLY | O_APPEND)
    Descriptor.write((0..<20_000).map { "entry \($0)\n" }.joined(), to: descriptor)
    close(descriptor)
    let entries = History(path: path).entries
    #expect(entries.count == History.limit)
    #expect(entries.last == "entry 19999")
  }

  @Test func thePathFollowsTheUsersSettings() {
    func path(_ variables: [String: String]) -> String? {
      History.defaultPath { variables[$0] }
    }
    #expect(path(["HOME": "/h"]) == "/h/.local/state/swale/history")
    #expect(path(["HOME": "/h", "XDG_STATE_HOME": "/s"]) == "/s/swale/history")
    #expect(path(["HOME": "/h", "SWALE_HISTORY": "/x"]) == "/x")
    #expect(path(["HOME": "/h", "SWALE_HISTORY": ""]) == nil)
    #expect(path([:]) == nil)
  }
}
