import Testing

@testable import SwaleShell

@Suite struct TableRendererTests {
  private func view(_ rows: [[String?]], _ columns: [TableView.Column]) -> TableView {
    TableView(columns: columns, rowCount: rows.count) { rows[$0][$1] }
  }

  private func draw(_ view: TableView, columns: Int = 80, height: Int = 24) -> String {
    TableRenderer(columns: columns, height: height, isColored: false).lines(view)
      .joined(separator: "\n")
  }

  @Test func alignsByTypeAndWidth() {
    let view = view(
      [["Ada", "36", nil], ["漢字", "7", "x\u{1b}[2Jy"]],
      [.init("name", "string"), .init("age", "int"), .init("note", "string")])
    #expect(
      draw(view) == """
        name    age  note
        string  int  string
        Ada      36  null
        漢字      7  x\\e[2Jy
        """)
  }

  @Test func longTextGivesWayBeforeColumnsDo() {
    let long = String(repeating: "abc ", count: 30)
    let view = view([[long, "12345"]], [.init("text", "string"), .init("n", "int")])
    #expect(
      draw(view, columns: 30) == """
        text                         n
        string                     int
        abc abc abc abc abc ab…  12345
        """)
  }

  @Test func saysWhichRowsAndColumnsAreHidden() {
    let rows = (0..<1000).map { row in (0..<6).map { "\(row * 1000 + $0)" as String? } }
    let columns = (0..<6).map { TableView.Column("column\($0)", "int") }
    #expect(
      draw(view(rows, columns), columns: 30, height: 8) == """
        column0  column1  column2  …
            int      int      int  …
              0        1        2  …
           1000     1001     1002  …
           2000     2001     2002  …
           3000     3001     3002  …
           4000     4001     4002  …
        5 of 1,000 rows, 3 of 6 colum…
        """)
    let tall = draw(view(rows, columns), columns: 80, height: 14)
    #expect(tall.contains("⋮"))
    #expect(tall.contains(" 999000"))
    #expect(tall.hasSuffix("10 of 1,000 rows shown"))
    #expect(tall.split(separator: "\n").count == 14)
  }

  @Test func emptyTablesSayWhatTheyAre() {
    #expect(draw(view([], [.init("a", "int")])) == "  a\nint\nno rows")
    #expect(draw(TableView(columns: [], rowCount: 0) { _, _ in nil }) == "a table of 0 rows without columns")
  }
}
