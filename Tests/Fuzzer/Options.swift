/// What the command line asks for.
struct Options {
  enum Job {
    /// Tries programs in other processes, as long as wanted.
    case supervise
    /// Tries programs in this process.
    case work
    /// Compares the engines on the program in a file.
    case check(String)
    /// Prints the program of the seed.
    case show
  }
  var job = Job.supervise
  var seconds = 60
  var programs = Int.max
  var seed: Int?

  static let usage = """
    usage: fuzz [--seconds N | --programs N] [--seed S]
           fuzz --show --seed S     prints the program that a seed gives
           fuzz --check FILE        compares the engines on a program
    """

  init?(_ arguments: [String]) {
    var arguments = arguments[...]
    while let argument = arguments.popFirst() {
      switch argument {
      case "--work": job = .work
      case "--show": job = .show
      case "--check":
        guard let path = arguments.popFirst() else { return nil }
        job = .check(path)
      case "--seconds", "--programs", "--seed":
        guard let number = arguments.popFirst().flatMap({ Int($0) }), number >= 0 else { return nil }
        if argument == "--seconds" { seconds = number }
        if argument == "--seed" { seed = number }
        if argument == "--programs" {
          programs = number
          seconds = Int.max / 2
        }
      default: return nil
      }
    }
  }
}
