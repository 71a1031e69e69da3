/// Rows and named columns to be shown, whatever they come from.
struct TableView {
  struct Column: Equatable {
    var name: String
    /// The type's name, shown under the column's.
    var type: String

    init(_ name: String, _ type: String) {
      self.name = name
      self.type = type
    }

    /// True if the values stand at the right, where their digits line up.
    var isNumeric: Bool { ["int", "float", "number", "duration"].contains(type) }
  }

  var columns: [Column]
  var rowCount: Int
  /// Returns the text of a cell; nil where the value is missing.
  var cell: (_ row: Int, _ column: Int) -> String?
}
