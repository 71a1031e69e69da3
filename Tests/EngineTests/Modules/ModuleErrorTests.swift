import Testing

/// Wrong arguments of module functions give errors of the right kind.
@Suite struct ModuleErrorTests {
  @Test(arguments: [
    // math and bits
    ("math.floor(1e30)", "overflow"), ("math.floor(math.nan)", "value"), ("math.factorial(21)", "overflow"),
    ("math.factorial(-1)", "value"), ("math.binomial(70, 35)", "overflow"),
    ("math.lcm(9223372036854775807, 2)", "overflow"), ("math.gcd(math.min_int, 0)", "overflow"),
    ("math.isqrt(-1)", "value"), ("math.clamp(1, 3, 2)", "value"), ("math.sin(\"a\")", "type"),
    ("math.pii", "name"), ("bits.shl(1, -1)", "value"), ("bits.and(1.5, 1)", "type"),
    // bytes, base64, hash
    ("decode(bytes([255]))", "parse"), ("decode(bytes([97]), \"klingon\")", "value"),
    ("decode(bytes([97]), \"utf-16\")", "parse"), ("unhex(\"abc\")", "parse"), ("unhex(\"zz\")", "parse"),
    ("base64.decode(\"Zm9*\")", "parse"), ("base64.decode(\"Z\")", "parse"),
    ("base64.decode(\"Zg=\")", "parse"),
    ("base64.decode(\"Zg==Zg==\")", "parse"), ("hash.md5(3)", "type"),
    // random
    ("random.int(5, 1)", "value"), ("random.int(0..<0)", "value"), ("random.choice([])", "value"),
    ("random.sample([1], 2)", "value"), ("random.float(0, math.inf)", "value"),
    ("random.normal(0, -1)", "value"),
    ("random.int(1, 2, count: -1)", "value"),
    // time and dates
    ("sleep(1)", "type"), ("date(\"2026-13-01\")", "parse"), ("date(2026, 2, 30)", "value"),
    ("datetime(2026, 5, 1, 25)", "value"), ("datetime(\"noon\")", "parse"), ("duration(\"soon\")", "parse"),
    ("parse_date(\"31.04.2026\", \"%d.%m.%Y\")", "parse"),
    ("parse_date(\"2026-04-30x\", \"%Y-%m-%d\")", "parse"),
    ("parse_date(\"2026\", \"%Q\")", "value"), ("parse_date(\"12:30\", \"%H:%M\")", "value"),
    ("parse_date(\"3:05 2026\", \"%I:%M %Y\")", "value"),
    ("parse_date(\"Monday 2026-05-01\", \"%A %F\")", "parse"),
    ("format_date(@2026-05-01, \"%\")", "value"), ("truncate(@2026-05-17, \"mont\")", "value"),
    ("add_months(@2024-01-31, 9223372036854775807)", "overflow"), ("from_timestamp(1e300)", "overflow"),
    ("from_timestamp(math.nan)", "overflow"), ("datetime(@0001-01-01)", "overflow"),
    // json
    ("json.text(math.nan)", "value"), ("json.text(x => x)", "value"), ("json.text(bytes(\"a\"))", "value"),
    ("json.text({[[1]]: 2})", "value"), ("json.text(1, indent: -1)", "value"), ("json.parse(3)", "type"),
    // regex
    ("regex.find(\"a\", \"(\")", "parse"), ("regex.replace(\"x\", \"x\", \"$1\")", "value"),
    ("regex.replace(\"x\", \"x\", '${1')", "value"), ("regex.replace(\"x\", \"x\", x => 1)", "type"),
    ("regex.split(\"x\", \"x\", limit: 0)", "value"), ("regex.find(\"a\", '\\C')", "parse"),
    // stats
    ("stats.linreg([1, 1], [2, 3])", "value"), ("stats.linreg([1], [2])", "value"),
    ("stats.linreg([1, 2], [2])", "value"), ("stats.histogram([1, \"x\"])", "type"),
    ("stats.histogram([1, math.inf])", "value"), ("stats.histogram([1], bins: 0)", "value"),
    ("stats.percentiles([1], [101])", "value"), ("stats.t_test([1], [2])", "value"),
    ("stats.normal_quantile(2)", "value"), ("stats.summary([1s])", "type"),
  ])
  func kind(_ code: String, _ kind: String) {
    let result = Evaluation(code)
    #expect(result.kind == kind, "\(code): \(result.value ?? result.message ?? "")")
  }

  @Test(arguments: [
    ("json.parse(\"[1,\\n  oops]\")", "line 2, column 3"), ("json.parse(\"[é, 1\")", "line 1, column 2"),
    ("json.parse('{\"a\": 1,}')", "a comma must not stand before \"}\""),
    ("json.parse(\"'a'\")", "double quotes"), ("json.parse(\"[1] x\")", "more text behind"),
    ("json.parse(\"01\")", "must not begin with 0"), ("json.parse(\"\\\"a\\nb\\\"\")", "a line end"),
    ("json.text({a: [1, {b: math.nan}]})", "at a[1].b"), ("regex.find(\"a\", 'é(')", "at character 2"),
    ("fs.read_text(\"/nope\")", "cannot read /nope: No such file or directory"),
    ("fs.write_text(\"/dev/full\", \"a\")", "No space left on device"),
    ("fs.read_text(\"a\\0b\")", "NUL"), ("fs.list(\"/nope\")", "cannot list /nope"),
  ])
  func message(_ code: String, _ part: String) {
    let result = Evaluation(code)
    #expect(result.message?.contains(part) ?? false, "\(code): \(result.value ?? result.message ?? "")")
  }
}
