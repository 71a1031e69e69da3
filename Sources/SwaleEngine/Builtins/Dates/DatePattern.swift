/// A pattern of `format_date` and `parse_date`, such as `%Y-%m-%d %H:%M`.
///
/// The letters are those of C and Python. Names of months and days are English on every machine.
struct DatePattern {
  enum Part {
    case text(String)
    case field(Field)
  }

  /// What a letter after `%` stands for.
  enum Field: Character, CaseIterable {
    case year = "Y", shortYear = "y", month = "m", monthName = "B", shortMonthName = "b", day = "d"
    case paddedDay = "e", dayOfYear = "j", weekdayName = "A", shortWeekdayName = "a", weekday = "u"
    case week = "V", weekYear = "G", quarter = "q"
    case hour = "H", hour12 = "I", half = "p", minute = "M", second = "S", fraction = "f"
    case offset = "z", zone = "Z", unixSeconds = "s"

    /// True for what a date alone does not have.
    var isOfClock: Bool {
      switch self {
      case .hour, .hour12, .half, .minute, .second, .fraction, .offset, .zone, .unixSeconds: true
      default: false
      }
    }
  }

  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]
  static let weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  let parts: [Part]
  let source: String

  /// True if it holds anything that a date alone does not have.
  var hasClock: Bool {
    parts.contains { if case .field(let field) = $0 { field.isOfClock } else { false } }
  }

  /// Reads a pattern; raises `value` for an unknown letter.
  init(_ source: String) throws {
    self.source = source
    var parts: [Part] = []
    var text = ""
    var rest = source[...]
    func flush() {
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
    }
    while let character = rest.popFirst() {
      if character != "%" {
        text.append(character)
        continue
      }
      guard let letter = rest.popFirst() else {
        throw SwaleError(
          .value, "the pattern \"\(source)\" ends with a single %", hint: "%% stands for a percent sign")
      }
      switch letter {
      case "%": text.append("%")
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "F":
        flush()
        parts += [.field(.year), .text("-"), .field(.month), .text("-"), .field(.day)]
      case "T":
        flush()
        parts += [.field(.hour), .text(":"), .field(.minute), .text(":"), .field(.second)]
      case "R":
        flush()
        parts += [.field(.hour), .text(":"), .field(.minute)]
      case "D":
        flush()
        parts += [.field(.month), .text("/"), .field(.day), .text("/"), .field(.shortYear)]
      default:
        guard let field = Field(rawValue: letter) else { throw DatePattern.unknown(letter, source) }
        flush()
        parts.append(.field(field))
      }
    }
    flush()
    self.parts = parts
  }

  private static func unknown(_ letter: Character, _ source: String) -> SwaleError {
    SwaleError(
      .value, "%\(letter) in the pattern \"\(source)\" is not known",
      hint: """
        there are %Y year %m month %d day %H hour %M minute %S second %f fraction %b Jan %B January %a Mon \
        %A Monday %j day of year %y year of two digits %I hour of 12 %p AM or PM %z offset %Z UTC %u weekday \
        %V week %G year of the week %q quarter %s seconds since 1970 %F date %T time %%
        """)
  }
}
