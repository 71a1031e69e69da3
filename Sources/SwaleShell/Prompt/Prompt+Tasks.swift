import SwaleEngine

extension Prompt {
  /// `:tasks`
  func showTasks() {
    let tasks = session.tasks
    guard !tasks.isEmpty else {
      console.writeLine(console.styled("no task is running", .dim))
      return
    }
    let rows = tasks.map { task -> [String?] in
      [
        String(task.id), task.name, task.isLeaked ? "leaked: " + task.state : task.state,
        task.location.map { "line \($0.position.line)" } ?? "",
        Quantity.duration(nanoseconds: Double(task.age)),
        task.spawnedAt.map { "line \($0.position.line)" } ?? "",
      ]
    }
    let view = TableView(
      columns: ["task", "name", "state", "at", "age", "spawned"].map { .init($0, "") }, rowCount: rows.count
    ) { rows[$0][$1] }
    let size = console.size
    TableRenderer(columns: size.columns, height: rows.count + 3, isColored: console.isColored)
      .lines(view).enumerated().filter { $0.offset != 1 }.forEach { console.writeLine($0.element) }
  }

  /// `:kill`
  func kill(_ argument: String) {
    guard let id = Int(argument), session.cancelTask(id) else {
      console.report(
        "there is no task \(VisibleText.of(argument))", hint: ":tasks lists them with their numbers")
      return
    }
    console.writeLine("task \(id) is cancelled")
  }
}
