import Glibc
import Testing

@testable import SwaleShell

extension SerialTests {
  @Suite struct EditorTests {
    @Test func acceptsALine() throws {
      let session = try EditorSession()
      session.terminal.type("1 + 2\r")
      session.terminal.expect(
        """
        swale> 1 + 2
        => "1 + 2"
        swale>
        """)
    }

    @Test func enterContinuesAnUnfinishedEntry() throws {
      let session = try EditorSession()
      session.terminal.type("f {\r  x\r}\r")
      session.terminal.expect(
        """
        swale> f {
           ...   x
           ... }
        => "f {\\n  x\\n}"
        swale>
        """)
    }

    @Test func altEnterBreaksAFinishedLine() throws {
      let session = try EditorSession()
      session.terminal.type("a\u{1b}\rb\r")
      session.terminal.expect(
        """
        swale> a
           ... b
        => "a\\nb"
        swale>
        """)
    }

    @Test func aMultiLineEntryComesBackWhole() throws {
      let session = try EditorSession(history: ["old", "f(\n  1\n)"])
      session.terminal.type("\u{1b}[A")
      session.terminal.expect(
        """
        swale> f(
           ...   1
           ... )
        """)
      session.terminal.expectCursor(row: 2, column: 8)
      // Up moves inside the entry first.
      session.terminal.type("\u{1b}[A\u{1b}[A")
      session.terminal.expectCursor(row: 0, column: 8)
      session.terminal.type("\u{1b}[A")
      session.terminal.expect("swale> old")
      session.terminal.type("\u{1b}[B\r")
      session.terminal.expect(
        """
        swale> f(
           ...   1
           ... )
        => "f(\\n  1\\n)"
        swale>
        """)
    }

    @Test func historyKeepsTheTypedBeginning() throws {
      let session = try EditorSession(history: ["print(1)", "let a = 2", "print(3)", "b"])
      session.terminal.type("pr\u{1b}[A")
      session.terminal.expect("swale> print(3)")
      session.terminal.type("\u{1b}[A")
      session.terminal.expect("swale> print(1)")
      session.terminal.type("\u{1b}[A\u{1b}[B\u{1b}[B")
      session.terminal.expect("swale> pr")
    }

    @Test func editsByCharactersAndWords() throws {
      let session = try EditorSession()
      session.terminal.type("one two three\u{17}\u{1b}b\u{1b}bX\r")
      session.terminal.expect(containing: "=> \"Xone two \"")
      session.waitForPrompt()
      session.terminal.type("abc\u{1}\u{4}\u{5}\u{7f}z\u{1b}[D\u{1b}[3~\r")
      session.terminal.expect(containing: "=> \"b\"")
      session.waitForPrompt()
      session.terminal.type("one two\u{1b}b\u{b}\u{1}\u{19} \r")
      session.terminal.expect(containing: "=> \"two one \"")
      session.waitForPrompt()
      session.terminal.type("keep\u{15}gone\u{1f}\u{1f}x\r")
      session.terminal.expect(containing: "=> \"keepx\"")
    }

    @Test func controlCDropsTheEntryAndControlDLeaves() throws {
      let session = try EditorSession()
      session.terminal.type("f(\r1\u{3}")
      session.terminal.expect(
        """
        swale> f(
           ... 1^C
        cancelled
        swale>
        """)
      session.terminal.type("\u{4}")
      session.terminal.expect(containing: "bye")
    }

    @Test func wideAndCombiningCharacters() throws {
      let session = try EditorSession()
      session.terminal.type("漢字 e\u{301}!")
      session.terminal.expect("swale> 漢字 e\u{301}!")
      session.terminal.expectCursor(row: 0, column: 14)
      session.terminal.type("\u{1b}[D\u{1b}[D\u{1b}[D\u{1b}[D")
      session.terminal.expectCursor(row: 0, column: 9)
      session.terminal.type("\u{7f}\u{1b}[C\u{1b}[C\u{1b}[C\u{7f}\r")
      session.terminal.expect(containing: "=> \"字 !\"")
    }

    @Test func aCharacterMayArriveInPieces() throws {
      let session = try EditorSession()
      session.terminal.send([0xe6])
      session.terminal.send([0xbc, 0xa2, 0xff, 0x41, 0x0d])
      session.terminal.expect(containing: "=> \"漢\u{FFFD}A\"")
    }

    @Test func longLinesWrap() throws {
      let session = try EditorSession(columns: 20, rows: 10)
      session.terminal.type("123456789012345678901234567890漢漢漢")
      session.terminal.expect(
        """
        swale> 123456789012
        345678901234567890
        漢漢漢
        """)
    }

    @Test func aPasteOfLinesIsText() throws {
      let session = try EditorSession()
      session.terminal.paste("let a = 1\nlet b = 2\n\tlet c = 3\n")
      session.terminal.expect(
        """
        swale> let a = 1
           ... let b = 2
           ...     let c = 3
        """)
      session.terminal.type("\r")
      session.terminal.expect(containing: "=> \"let a = 1\\nlet b = 2\\n\\tlet c = 3\"")
    }

    @Test func entriesTallerThanTheScreen() throws {
      let session = try EditorSession(columns: 30, rows: 4)
      session.terminal.paste("(1\n2\n3\n4\n5\n6")
      session.terminal.expect(
        """
           ... 3
           ... 4
           ... 5
           ... 6
        """)
      session.terminal.type("\u{1b}[A\u{1b}[A\u{1b}[A\u{1b}[A")
      session.terminal.expect(
        """
           ... 2
           ... 3
           ... 4
           ... 5
        """)
      session.terminal.type("\u{1b}[B\u{1b}[B\u{1b}[B\u{1b}[B)\r")
      session.terminal.wait { $0.text.contains("=>") && $0.text.hasSuffix("swale>") }
      #expect(
        session.terminal.screen.transcript.hasSuffix(
          """
          swale> (1
             ... 2
             ... 3
             ... 4
             ... 5
             ... 6)
          => "(1\\n2\\n3\\n4\\n5\\n6)"
          swale>
          """), "\(session.terminal.screen.transcript)")
    }

    @Test func aResizedWindowIsDrawnAnew() throws {
      let session = try EditorSession(columns: 30, rows: 10)
      session.terminal.type("abcdefghijklmnopqrstuvwxyz")
      session.terminal.expect("swale> abcdefghijklmnopqrstuv\nwxyz")
      session.terminal.resize(columns: 60, rows: 10)
      // To the process, as a terminal sends it: the threads of tests block signals.
      kill(getpid(), SIGWINCH)
      session.terminal.expect("swale> abcdefghijklmnopqrstuvwxyz")
    }

    @Test func incrementalSearch() throws {
      let session = try EditorSession(history: ["alpha one", "beta", "alpha two", "(\n gamma\n)"])
      session.terminal.type("draft\u{12}alp")
      session.terminal.expect("(search) alp: alpha two")
      session.terminal.type("\u{12}")
      session.terminal.expect("(search) alp: alpha one")
      session.terminal.type("zz")
      session.terminal.expect("(no match) alpzz: alpha one")
      session.terminal.type("\u{7}")
      session.terminal.expect("swale> draft")
      session.terminal.type("\u{12}GAM\u{7f}\u{7f}\u{7f}gam")
      session.terminal.expect(
        """
        (search) gam: (
           ...  gamma
           ... )
        """)
      session.terminal.type("\u{5}!")
      session.terminal.expect(
        """
        swale> (
           ...  gamma!
           ... )
        """)
    }

    @Test func completionInsertsWhatIsCertainAndListsTheRest() throws {
      let names = ["print", "prime", "process"] + (0..<60).map { "value\($0)" }
      let session = try EditorSession(columns: 40, rows: 6, completions: names)
      session.terminal.type("x p\t")
      session.terminal.expect("swale> x pr\nprint    prime    process")
      session.terminal.type("in")
      session.terminal.expect("swale> x prin")
      session.terminal.type("\t1 va\t")
      session.terminal.wait { $0.text.contains("more") }
      #expect(
        session.terminal.screen.text == """
          swale> x print 1 value
          value0   value1   value2   value3
          value4   value5   value6   value7
          value8   value9   value10  value11
          value12  value13  value14  value15
          … 44 more
          """)
      session.terminal.type("\u{15}")
      session.terminal.expect("swale>")
    }

    @Test func aSuggestionFromTheHistoryIsTakenByRight() throws {
      let session = try EditorSession(history: ["read(\"a.csv\") | take 5"], isColored: true)
      session.terminal.type("read")
      session.terminal.expect("swale> read(\"a.csv\") | take 5")
      session.terminal.expectCursor(row: 0, column: 11)
      session.terminal.type("\u{1b}[C\r")
      session.terminal.expect(containing: "=> \"read(\\\"a.csv\\\") | take 5\"")
    }

    @Test func viKeysAndEditrcAreRespected() throws {
      let session = try EditorSession(history: ["earlier"], editrc: "bind -v\nbind ^X ed-kill-line\n")
      session.terminal.type("abc")
      session.terminal.expect("swale> abc")
      session.terminal.type("\u{1b}")
      // Escape alone counts as a key once nothing follows it for a moment.
      session.terminal.expectCursor(row: 0, column: 9)
      session.terminal.type("0x")
      session.terminal.expect("swale> bc")
      session.terminal.type("k")
      session.terminal.type("i\u{1b}[Bz\r")
      session.terminal.expect(containing: "=>")
      let emacs = try EditorSession(editrc: "other:bind ^T ed-kill-line\nbind ^T em-delete-prev-char\n")
      emacs.terminal.type("abc\u{14}\r")
      emacs.terminal.expect(containing: "=> \"ab\"")
    }

    @Test func unknownKeysAreIgnored() throws {
      let session = try EditorSession()
      session.terminal.type("a\u{1b}[15~\u{1b}[1;9P\u{1b}[Ib\r")
      session.terminal.expect(containing: "=> \"ab\"")
    }

    @Test func thePromptStandsBelowAnUnfinishedLine() throws {
      let session = try EditorSession()
      Descriptor.write("\r\u{1b}[Jno newline", to: session.terminal.device)
      session.terminal.type("\u{3}")
      session.terminal.expect(containing: "cancelled\nswale>")
    }
  }
}
