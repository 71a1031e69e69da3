import CLibraries
import Glibc

/// Finds the matches of a regular expression in a text, one after the other.
struct RegexMatcher {
  let regex: Regex
  let text: Text
  private let context: Context
  private let scratch: RegexScratch
  private let data: OpaquePointer
  private let offsets: UnsafeMutablePointer<Int>
  /// Where the next match may begin.
  private var position = 0
  private var mayBeEmpty = true
  /// The end of the last match.
  private(set) var lastEnd = 0

  /// Calls `body` with a matcher that is at the beginning of a text.
  static func with<R>(
    _ pattern: Text, _ text: Text, _ context: Context, _ body: (inout RegexMatcher) throws -> R
  ) throws -> R {
    let regex = try RegexCache.regex(pattern)
    guard let data = pcre2_match_data_create_from_pattern_8(regex.code, nil) else {
      throw SwaleError(.value, "regex: there is not enough memory for a match")
    }
    let scratch = RegexScratch.take()
    scratch.poll(for: context)
    defer {
      pcre2_match_data_free_8(data)
      scratch.giveBack()
    }
    var matcher = RegexMatcher(regex: regex, text: text, context: context, scratch: scratch, data: data)
    return try body(&matcher)
  }

  private init(regex: Regex, text: Text, context: Context, scratch: RegexScratch, data: OpaquePointer) {
    self.regex = regex
    self.text = text
    self.context = context
    self.scratch = scratch
    self.data = data
    offsets = pcre2_get_ovector_pointer_8(data)
  }

  /// Moves on to the next match; false where there is none.
  ///
  /// An empty match may follow another match, but none of the two is found twice.
  mutating func next() throws -> Bool {
    try context.tick()
    let bytes = text.bytes
    if position > bytes.count { return false }
    var options = UInt32(PCRE2_NO_UTF_CHECK)
    if !mayBeEmpty { options |= UInt32(PCRE2_NOTEMPTY_ATSTART) }
    var code = pcre2_match_8(
      regex.code, bytes.baseAddress, bytes.count, position, options, data, scratch.context)
    if code == PCRE2_ERROR_JIT_STACKLIMIT {
      // The interpreter keeps what it must remember on the heap.
      options |= UInt32(PCRE2_NO_JIT)
      code = pcre2_match_8(
        regex.code, bytes.baseAddress, bytes.count, position, options, data, scratch.context)
    }
    if code == PCRE2_ERROR_NOMATCH { return false }
    if code < 0 { throw try failure(code) }
    // \K can move the beginning, but not to before the last match here.
    let lower = max(offsets[0], lastEnd)
    let upper = max(offsets[1], lower)
    offsets[0] = lower
    offsets[1] = upper
    position = upper
    mayBeEmpty = upper > lower
    lastEnd = upper
    return true
  }

  private func failure(_ code: Int32) throws -> SwaleError {
    if code == PCRE2_ERROR_CALLOUT { try Interrupt.check() }
    let limits: Set = [
      PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_JIT_STACKLIMIT,
    ]
    if limits.contains(code) {
      return SwaleError(
        .value, "regex: matching \(regex.pattern.excerpt) was given up, since it takes too many steps",
        hint:
          "a repetition inside of a repetition, as in (a+)+, tries endlessly many ways: make the inner one "
          + "possessive, (a++)+, or simpler")
    }
    return SwaleError(.value, "regex: \(regex.pattern.excerpt) cannot be matched: \(Regex.message(code))")
  }

  // MARK: The present match

  /// The bytes of the match.
  var range: Range<Int> { offsets[0]..<offsets[1] }

  var matched: Text { text.slice(offsets[0], offsets[1]) }

  /// What a group matched, null where it took no part; group 0 is the whole match.
  func group(_ number: Int) -> Value {
    let (lower, upper) = (offsets[2 * number], offsets[2 * number + 1])
    // PCRE2_UNSET is the greatest size.
    if lower < 0 || upper < lower { return .null }
    return .string(text.slice(lower, upper))
  }

  /// The groups: a record where they have names, else a list.
  var groups: Value {
    if regex.names.isEmpty {
      let list = ListStorage()
      if regex.groupCount > 0 { for i in 1...regex.groupCount { list.append(group(i)) } }
      return .list(list)
    }
    let record = RecordStorage(capacity: regex.names.count)
    for (name, number) in regex.names {
      let value = group(number)
      // Several groups may share a name, of which the one that matched counts.
      if value.isNull, record[name] != nil { continue }
      record[name] = value
    }
    return .record(record)
  }
}
