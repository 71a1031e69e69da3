import Testing

/// A call that runs long, and what is made ready for it.
struct LongCall: CustomTestStringConvertible, Sendable {
  let setup: String
  let call: String
  init(_ call: String, _ setup: String = "null") { (self.call, self.setup) = (call, setup) }
  var testDescription: String { call }

  // A debug build takes some ten times as long for each of them.
  #if DEBUG
    private static let size = 100_000
  #else
    private static let size = 1_000_000
  #endif
  private static let numbers = "random.seed(1); let xs = random.int(0, 10**9, count: \(size))"
  private static let floats = "random.seed(1); let fs = random.float(count: \(size))"
  private static let text = #"let t = "the quick brown fox, jumps\n" * "# + "\(size)"
  private static let wideText = text + #" + "é""#
  private static let lists = "let xs = [[1]] * \(size * 3)"
  private static let dictionary = "let r = record(zip(0..<\(size), 0..<\(size)))"
  private static let records = "let rs = 0..<\(size / 2) | map {a: .}"
  private static let tables =
    "random.seed(1); let t = table({a: random.int(0, 1000, count: \(size)), b: random.float(count: \(size))})"
  private static let file = #"fs.write_text("a", "the quick brown fox" * 1000000)"#

  static let all = [
    LongCall("sort(xs)", numbers), LongCall("sort(xs)", numbers + ".map(str)"),
    LongCall("xs.sort(x => x % 1000)", numbers), LongCall("[0] * 50000000"), LongCall(#""abc" * 200000000"#),
    LongCall(#"pad_left("a", 500000000)"#), LongCall("xs.map(x => x + 1)", numbers),
    LongCall("set(xs)", numbers), LongCall("union(xs, xs)", numbers), LongCall("distinct(xs)", numbers),
    LongCall("len(tally(xs))", numbers), LongCall("reverse(xs)", lists), LongCall("concat(xs, xs)", lists),
    LongCall("xs + xs", lists), LongCall("while true { xs + xs }", lists), LongCall("xs[1...]", lists),
    LongCall("flatten(xs)", lists),
    LongCall("chunks(xs, 3)", lists), LongCall("windows(xs, 30)", lists), LongCall("zip(xs, xs)", lists),
    LongCall("enumerate(xs)", lists), LongCall("xs == ys", lists + "; let ys = [[1]] * \(size * 3)"),
    LongCall("while true { sum(xs) }", numbers), LongCall("while true { max(xs) }", numbers),
    LongCall("while true { index_of(xs, -1) }", numbers), LongCall("while true { -1 in xs }", numbers),
    LongCall("median(xs)", numbers), LongCall("(0..<10**12) | reduce((a, b) => b, 0)"),
    LongCall("any(0..<10**12, x => false)"), LongCall("(0..<10**12) | each ."),
    LongCall("random.normal(count: 100000000)"), LongCall("random.shuffle(xs)", numbers),
    LongCall("repr(xs)", numbers), LongCall("print(xs)", numbers), LongCall("json.text(xs)", numbers),
    LongCall("repr([[[0] * 10000] * 10000] * 10000)"),
    LongCall(#"json.parse("[" + "[1,2,\"abc\"]," * 2000000 + "1]")"#),
    LongCall(#"replace(t, "o", "00")"#, text), LongCall(#"while true { replace(t, "zzz", "") }"#, text),
    LongCall(#"split(t, " ")"#, text), LongCall("words(t)", text), LongCall("lines(t)", text),
    LongCall("chars(t)", text), LongCall("chars(t)", wideText), LongCall("upper(t)", wideText),
    LongCall("reverse(t)", wideText), LongCall(#"join(xs, ",")"#, numbers),
    LongCall(#"while true { contains(t, "zzz") }"#, text), LongCall("for c in t {}", wideText),
    LongCall(#"regex.find_all(t, "\\w+")"#, text), LongCall(#"regex.replace(t, "o", "0")"#, text),
    LongCall(#"regex.matches("a" * 5000, "(a*)*(a*)*(a*)*b")"#),
    LongCall(#"while true { try regex.matches("a" * 40 + "!", "^(a+)+$") else 1 }"#),
    LongCall("hash.sha256(t * 10)", text), LongCall("while true { hash.crc32(t) }", text),
    LongCall("base64.encode(t * 10)", text), LongCall("list(bytes(t))", text),
    LongCall("while true { keys(r) }", dictionary),
    LongCall("while true { merge(r, {a: 1}) }", dictionary),
    LongCall("sleep(1h)"), LongCall("time.sleep(1h)"),
    LongCall(#"fs.read_bytes("/dev/zero")"#), LongCall(#"fs.read_text("/dev/zero")"#),
    LongCall(#"while true { fs.glob("/usr/lib/**/*.none") }"#),
    // Lists and records.
    LongCall("while true { all(xs, x => true); find(xs, x => false) }", numbers),
    LongCall("while true { xs | where false; xs | flat_map [.] }", numbers),
    LongCall("while true { xs | skip 1 | take(2, by: .) }", numbers),
    LongCall("while true { list(xs.slice(1, 90000)) }", numbers),
    LongCall("while true { intersect(xs, xs); minus(xs, xs) }", numbers),
    LongCall("while true { partition(xs, x => x % 2 == 0) }", numbers),
    LongCall("while true { group_by(xs, x => x % 10) }", numbers),
    LongCall("while true { index_by(xs, x => x) }", numbers),
    LongCall("while true { list(range(0, 10**7, 2)) }"),
    LongCall("while true { values(r); record(items(r)); map_values(r, x => x) }", dictionary),
    LongCall(#"while true { r.without("a") }"#, dictionary),
    LongCall(
      "while true { var ys = [1]; ys.extend(xs); ys.insert(0, 1); ys.remove(0); ys.clear() }", numbers),
    LongCall("while true { rs | select .a | drop .a }", records),
    LongCall("while true { rs | rename b: .a | derive c: .b }", records),
    LongCall("while true { xs | map(. + 1, workers: 2) }", numbers),
    // Aggregates and statistics.
    LongCall("while true { [mean(xs), min(xs), mode(xs), n_distinct(xs), count(xs)] }", numbers),
    LongCall("while true { [std(xs), variance(xs), quantile(xs, 0.5), corr(xs, xs)] }", numbers),
    LongCall("while true { collect(xs) }", numbers),
    LongCall("while true { [stats.summary(xs), stats.percentiles(xs), stats.histogram(xs)] }", numbers),
    LongCall(
      "while true { [stats.geometric_mean(fs), stats.harmonic_mean(fs), stats.weighted_mean(fs, fs)] }",
      floats),
    LongCall("while true { [stats.zscore(fs), stats.iqr(fs), stats.mad(fs)] }", floats),
    LongCall("while true { [stats.skewness(fs), stats.kurtosis(fs), stats.covariance(fs, fs)] }", floats),
    LongCall("while true { [stats.linreg(fs, fs), stats.spearman(fs, fs), stats.t_test(fs, fs)] }", floats),
    LongCall("while true { [random.float(count: 50000), random.sample(xs, 1000)] }", numbers),
    LongCall("while true { random.int(0, 9, count: 50000) }"),
    LongCall("while true { math.is_prime(2**61 - 1) }"),
    // Text.
    LongCall(#"while true { [lower(t), pad_right("a", 1000000), repeat("ab", 1000000)] }"#, wideText),
    LongCall(#"while true { try find(t, "zzz") else null }"#, text),
    LongCall("while true { format('{}', xs) }", numbers), LongCall("while true { str(xs) }", numbers),
    LongCall("while true { len(t) }", wideText),
    LongCall("while true { unhex(hex(b)); decode(b) }", text + "; let b = bytes(t)"),
    LongCall("while true { base64.decode(e) }", text + "; let e = base64.encode(t)"),
    LongCall("while true { [hash.md5(t), hash.sha1(t), hash.sha512(t)] }", text),
    LongCall(
      #"while true { regex.find(t, "zzz"); regex.position(t, "zzz"); regex.groups(t, "(zz)z") }"#, text),
    LongCall(#"while true { regex.groups_all(t, "(o)w") }"#, text),
    LongCall(#"while true { regex.split(t, "o") }"#, text),
    LongCall("while true { regex.escape(t) }", text), LongCall("while true { csv.parse(t) }", text),
    LongCall("while true { csv.text(rs) }", records),
    LongCall(#"while true { json.parse_lines(l) }"#, #"let l = "[1, 2]\n" * 100000"#),
    // Tables.
    LongCall("while true { table(rs) | collect }", records), LongCall("while true { column(xs) }", numbers),
    LongCall("while true { t | where .a > 5 | derive c: .a + .b | select .c | collect }", tables),
    LongCall("while true { t | sort .a | collect }", tables),
    LongCall("while true { t | summarize n: sum(.b), by: .a | collect }", tables),
    LongCall("while true { t | join(t | distinct .a, on: .a) | collect }", tables),
    LongCall(
      "while true { t | window x: cumsum(.b), y: cummin(.b), z: cummax(.b), by: .a | collect }", tables),
    LongCall(
      "while true { t | window x: lag(.b), y: lead(.b), z: pct_change(.b), by: .a | collect }", tables),
    LongCall("while true { t | window x: rank(.b), y: dense_rank(.b), by: .a, order: .b | collect }", tables),
    LongCall("while true { t | window x: row_number(), y: ntile(.b, 4), by: .a | collect }", tables),
    LongCall(
      "while true { t | window x: rolling_mean(.b, 9), y: rolling_sum(.b, 9), by: .a | collect }", tables),
    LongCall(
      "while true { t | window x: rolling_min(.b, 9), y: rolling_max(.b, 9), by: .a | collect }", tables),
    LongCall("while true { t | derive b: if .a > 3 { .b } | fill b: 0.0 | drop_nulls .b | collect }", tables),
    LongCall(#"while true { t | unpivot [.a, .b], name: "k", value: "v" | collect }"#, tables),
    LongCall("while true { t | pivot .a, value: sum(.b) | collect }", tables),
    LongCall("while true { table({l: chunks(xs, 3)}) | explode .l | collect }", numbers),
    LongCall("while true { t | sort .b | profile }", tables),
    LongCall("while true { t | append t | collect }", tables), LongCall("while true { describe(t) }", tables),
    LongCall("while true { t | skip 1 | collect; reverse(t.a) }", tables),
    LongCall("while true { abs(t.a) }", tables),
    // Files.
    LongCall(
      #"while true { fs.copy("a", "b"); fs.write_bytes("b", fs.read_bytes("a")); fs.write_text("b", fs.read_text("a")) }"#,
      file),
    LongCall(#"while true { write(t, "t.csv"); read("t.csv") | collect }"#, tables),
    LongCall(#"while true { fs.list("/usr/lib"); fs.glob("/usr/lib/*") }"#),
    LongCall(#"while true { fs.mkdir("d/e/f"); fs.remove("d", recursive: true) }"#),
    // Tasks.
    LongCall("ticker(1h) | map . | each print(.)"), LongCall("ticker(1h) | batch(3, every: 1h) | list"),
    LongCall("ticker(1ms) | throttle(1, every: 1h) | list"), LongCall("merge(ticker(1h), ticker(1h)) | list"),
    LongCall("let c = cell(0); c.update(x => { while true {}; x })"),
    LongCall("let c = cell(xs); while true { c.update(ys => ys.map(y => y)) }", numbers),
  ]

  /// The words of all calls.
  static let words = Set(
    all.flatMap { call in
      call.call.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }
        // `xs.sort` is a call of sort, `fs.glob` one of itself.
        .flatMap { [String($0), String($0.drop { $0 != "." }.dropFirst())] }
    })

  /// Builtins that cannot take long, by the reason for it.
  static let quick: [String: [String]] = [
    "it looks at one value, or at one end of it": [
      "code", "char", "starts_with", "ends_with", "first", "last", "get", "has", "type", "desc", "schema",
      "math.clamp",
      "math.sign",
    ],
    "it changes one item in place": ["push", "pop", "swap", "add", "set"],
    "it makes something empty": ["channel", "ticker", "cell"],
    "it only tells another task": ["close", "cancel"],
    "it shows a plan and looks at no row": ["explain"],
    "a number, a date or one text of a number is short": [
      "int", "float", "bool", "round", "floor", "ceil", "sqrt", "math.atan2", "math.hypot", "math.log",
      "math.pow",
      "math.gcd", "math.lcm", "math.factorial", "math.binomial", "math.isqrt", "stats.normal_cdf",
      "stats.normal_quantile", "date", "datetime", "duration", "parse_date", "format_date", "truncate",
      "add_months",
      "timestamp", "from_timestamp", "time.since",
    ],
    "it asks the system for something small": [
      "now", "today", "time.now", "time.monotonic", "env.get", "env.vars", "fs.exists", "fs.is_directory",
      "fs.stat",
      "fs.cwd", "fs.move",
    ],
    "a path is short": ["fs.join", "fs.name", "fs.parent", "fs.extension"],
    "it sets a few numbers, or takes one item": ["random.seed", "random.choice"],
    "it ends the program": ["exit"],
    "it waits in the poller as reading a pipe does, and is measured there": ["input"],
  ]
}
