// Made by Scripts/embed-examples from the folder Examples; change the files there.

/// The programs of the folder Examples.
enum EmbeddedExamples {
  static let files: [(name: String, text: String)] = [
  ]
}
