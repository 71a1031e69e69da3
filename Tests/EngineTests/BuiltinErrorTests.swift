import Testing

/// Wrong arguments give errors that say what is wrong.
@Suite struct BuiltinErrorTests {
  @Test(arguments: [
    // Conversions
    ("int(\"12a\")", "parse"), ("int(\"\")", "parse"), ("int(\"1__0\")", "parse"), ("int(\"_1\")", "parse"),
    ("int(\"3.5\")", "parse"), ("int(\"9223372036854775808\")", "overflow"), ("int(1e30)", "overflow"),
    ("int(0.0 / 0.0)", "value"), ("int(\"12\", base: 1)", "value"), ("int([])", "type"),
    ("float(\"1,5\")", "parse"), ("float(\"0x10\")", "parse"), ("float(\"1_\")", "parse"),
    ("float(\"\")", "parse"),
    ("bool(\"yes\")", "parse"), ("bool(2)", "value"), ("record([1])", "type"),
    ("record([[1, 2, 3]])", "type"),
    ("range(0, 10, 0)", "value"), ("range(0, 9223372036854775807, 2)", "value"),
    ("range(0.0, 1.0, 0)", "value"),
    ("bytes([256])", "value"), ("list(1...1000000000000000)", "value"), ("exit(-1)", "value"),
    // Numbers
    ("abs(-9223372036854775807 - 1)", "overflow"), ("floor(1e19)", "overflow"), ("max(1, \"a\")", "type"),
    ("min([1, \"a\"])", "type"), ("round(9223372036854775807, -1)", "overflow"), ("sqrt(\"4\")", "type"),
    // Strings
    ("code(\"\")", "value"), ("code(\"ab\")", "value"), ("char(0xd800)", "value"), ("char(-1)", "value"),
    ("replace(\"a\", \"\", \"b\")", "value"), ("pad_left(\"a\", 3, \"ab\")", "value"),
    ("pad_left(\"a\", 9223372036854775807)", "value"), ("repeat(\"ab\", 9223372036854775807)", "value"),
    ("repeat(\"ab\", -1)", "value"), ("split(\"a\", \",\", limit: 0)", "value"), ("upper(3)", "type"),
    ("format('{')", "value"), ("format('{} {}', 1)", "index"), ("format('{x}', y: 1)", "key"),
    ("format('{:zz}', 1)", "value"), ("format('{99999999999999999999}')", "index"),
    ("find(\"a\", \"a\", -1)", "value"),
    // Lists
    ("chunks([1], 0)", "value"), ("windows([1], 0)", "value"), ("concat([1], 2)", "type"),
    ("zip([1], 2)", "type"),
    ("union([x => x], [])", "type"), ("partition([1], x => x)", "type"),
    ("var xs = []; xs.pop()", "index"), ("var xs = [1]; xs.remove(1)", "index"),
    ("var xs = [1]; xs.remove(-2)", "index"), ("var xs = [1]; xs.insert(3, 0)", "index"),
    ("var xs = [1]; xs.swap(0, 1)", "index"), ("var xs = [1]; xs.extend(3)", "type"),
    ("var r = {a: 1}; r.remove(\"b\")", "key"), ("var s = set([]); s.add(x => x)", "type"),
    // Records
    ("get([1], \"a\")", "type"), ("merge({}, [])", "type"), ("index_by([[x => x]], y => y)", "type"),
    // Verbs
    ("[1, 2] | where . + 1", "type"), ("[1, \"a\"] | sort", "type"), ("[{a: 1}, {a: 2}] | sort", "type"),
    ("[{a: 1}, {a: \"x\"}] | sort .a", "type"), ("[1] | sort 3", "type"), ("[1] | flat_map .", "type"),
    ("[1, 2] | sort (if . > 1 { desc(.) } else { . })", "type"),
    ("[] | reduce((a, b) => a)", "value"), ("[1] | reduce(a => a)", "type"), ("[1, 2] | any", "type"),
    ("[1] | take -1", "value"), ("[1] | skip \"a\"", "type"), ("[1] | derive a: 1", "type"),
    ("[{a: 1}] | select .b", "key"), ("[{a: 1}] | select .a + 1", "value"), ("[{a: 1}] | select()", "value"),
    ("[{a: 1}] | drop .b", "key"), ("[{a: 1}] | rename b: .c", "key"),
    ("[{a: 1, b: 2}] | rename b: .a", "value"),
    ("[{a: 1}] | rename()", "value"), ("[x => x] | distinct", "type"),
    // Aggregates
    ("sum([1, \"a\"])", "type"), ("sum([9223372036854775807, 1])", "overflow"), ("sum([1, 1s])", "type"),
    ("mean([\"a\"])", "type"), ("quantile([1], 2)", "value"), ("corr([1], [1, 2])", "value"),
    ("variance([1s, 2s])", "type"), ("n_distinct([x => x])", "type"),
  ])
  func kind(_ code: String, _ kind: String) {
    let result = Evaluation(code)
    #expect(result.kind == kind, "\(code): \(result.value ?? result.message ?? "")")
  }

  @Test func anErrorInAnInPlaceMethodChangesNothing() {
    #expect(Evaluation("var r = {a: [1]}; try r.update(\"a\", 0, x => x // 0) else 0; r").value == "{a: [1]}")
    #expect(Evaluation("var xs = [1]; try xs.insert(5, 2) else 0; xs").value == "[1]")
    #expect(Evaluation("var s = set([1]); try s.add(x => x) else 0; len(s)").value == "1")
  }
}
