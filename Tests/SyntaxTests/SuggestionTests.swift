import SwaleSyntax
import Testing

@Suite struct SuggestionTests {
  static let names = [
    "count", "sum", "summarize", "sort", "select", "where", "when", "print", "price", "len", "lines",
    "revenue", "region", "x", "xs", "parse_date", "format_date",
  ]

  static let cases: [(String, String?)] = [
    ("cuont", "count"), ("conut", "count"), ("Count", "count"), ("PRINT", "print"),
    ("summarise", "summarize"), ("sumarize", "summarize"), ("wher", "where"), ("pirnt", "print"),
    ("lenght", nil), ("lne", "len"), ("parsedate", "parse_date"), ("regoin", "region"),
    ("banana", nil), ("q", nil), ("y", nil), ("", nil), ("count", nil),
    ("reveneu", "revenue"),
  ]

  @Test(arguments: cases) func findsWhatWasMeant(_ name: String, _ expected: String?) {
    // A name that exists is not suggested in its own place.
    let found = closestName(to: name, among: Self.names)
    #expect(name == "count" ? found != "count" : found == expected)
  }

  @Test func theOrderOfCandidatesDoesNotMatter() {
    #expect(closestName(to: "rat", among: ["cat", "bat"]) == "bat")
    #expect(closestName(to: "rat", among: ["bat", "cat"]) == "bat")
  }
}
