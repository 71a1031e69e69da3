/// What `swale --help` shows.
enum Usage {
  struct Entry: Sendable {
    var name: String
    var arguments: String
    var summary: String
  }

  static let forms: [Entry] = [
    Entry(name: "swale", arguments: "", summary: "type and run, entry by entry"),
    Entry(name: "swale", arguments: "FILE [ARGS]", summary: "run a file; the rest are its arguments"),
    Entry(name: "swale", arguments: "-e CODE [ARGS]", summary: "run the code given"),
    Entry(name: "swale", arguments: "- [ARGS]", summary: "run what comes on the standard input"),
  ]

  static let commands: [Entry] = [
    Entry(name: "run", arguments: "FILE [ARGS]", summary: "run a file, whatever its name"),
    Entry(name: "check", arguments: "FILE...", summary: "report what is wrong, without running"),
    Entry(
      name: "bench", arguments: "FILE | -e CODE", summary: "time a program on both engines [--json]"),
    Entry(
      name: "test-schedules", arguments: "FILE", summary: "run under many orders of its tasks [--seeds 1000]"),
    Entry(name: "examples", arguments: "[NAME]", summary: "list the examples, or show one"),
    Entry(name: "help", arguments: "[TOPIC]", summary: "explain a topic or a function"),
  ]

  static let options: [Entry] = [
    Entry(name: "--engine", arguments: "interpret|compile", summary: "which engine runs it (compile)"),
    Entry(name: "--color", arguments: "auto|always|never", summary: "when to use colours (auto)"),
    Entry(name: "--workers", arguments: "N", summary: "how many tasks run at the same time (one a core)"),
    Entry(name: "--seed", arguments: "N", summary: "run tasks in an order drawn from N, without waiting"),
    Entry(name: "--json", arguments: "", summary: "with bench: figures as JSON"),
    Entry(name: "--version", arguments: "", summary: "show the version"),
    Entry(name: "--help", arguments: "", summary: "show this"),
  ]

  static var text: String {
    """
    Swale \(Version.current): explore data and run scripts, at a prompt or from files.

    usage: swale [OPTIONS] [COMMAND | FILE | -e CODE | -] [ARGS]

    \(table(forms))

    commands:
    \(table(commands))

    options:
    \(table(options))

    Exit status: 0; 1 after an error; 2 for what is found before running and for wrong usage;
    130 after Ctrl-C; n after exit(n).

    """
  }

  private static func table(_ entries: [Entry]) -> String {
    let lefts = entries.map { $0.arguments.isEmpty ? $0.name : $0.name + " " + $0.arguments }
    return zip(lefts, entries).map { left, entry in
      "  " + left + String(repeating: " ", count: max(1, 32 - left.count)) + entry.summary
    }
    .joined(separator: "\n")
  }
}

/// The version of this program.
public enum Version {
  public static let current = "0.1.0"
}
