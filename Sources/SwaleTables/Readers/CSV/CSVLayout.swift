/// What a CSV file looks like: found out from its beginning, and from some lines further on.
struct CSVLayout {
  var dialect = CSVDialect()
  /// Where the first row behind the header begins.
  var dataStart = 0
  /// The lines before that.
  var linesBefore = 0
  /// Rows above the header, which are none of the table.
  var rowsAbove: [Rejects.Row] = []
  var columns: [Column] = []

  struct Column {
    var name: String
    /// The type that all fields seen so far fit; string where all are missing.
    var type = ColumnType.string
    /// True where a person chose the type.
    var isFixed = false
    /// True for strings of which few seem to be different.
    var repeats = true
  }
}
