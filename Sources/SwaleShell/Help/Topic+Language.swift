extension Topic {
  /// The pages about the language, in the order in which one learns it.
  static let language: [Topic] = [
    Topic(
      name: "values", summary: "numbers, strings, lists, records and the rest",
      text: """
        A value is null, a bool, an int (64 bits; too large is an error), a float, a
        string, a list, a record, a set, a range, a date, a datetime, a duration, a
        function, a column, a table, a task, a channel or a cell.

            [1, 2.5, "three", true, null]
            {name: "Ada", "two words": 2}
            set([1, 2, 2])
            1...5
            @2026-05-01
            @2026-05-01T12:30:00Z
            1h30m

        Lists and records are values: changing a copy leaves the original as it was.

            let a = [1, 2]
            var b = a
            b[0] = 9
            a

        null stands for a missing value. It passes through arithmetic and < <= > >=;
        == and != treat it as a value; x ?? y is y where x is null; aggregates leave
        it out.

            null + 1
            null == null
            null ?? 5
        """, words: ["null", "true", "false", "list", "record", "set", "range"]),
    Topic(
      name: "strings", summary: "quotes, escapes, interpolation, formats",
      text: """
        A string stands between double quotes, with escapes and with expressions in
        braces.

            let name = "Ada"
            "hello {name}, {1 + 2}\\n"
            'no escapes, no {braces}'

        A colon in the braces begins a format: fill and alignment (< > ^), + for the
        sign, 0, width, a comma for groups of thousands, .digits, and one of f e g % d
        x b s.

            "{3.14159:.2f}|{42:>6}|{1234567:,}|{0.25:.0%}|{255:x}"

        Three quotes span lines; the indentation of the closing quotes is taken off
        each line.

        len and indices count the characters that a person sees. Functions take the
        string first, so they can be written behind it.

            "a,b,c".split(",").map(s => s.upper()).join("-")
        """),
    Topic(
      name: "expressions", summary: "operators from loosest to tightest, indices, calls",
      text: """
        From loosest to tightest: | pipe, => lambda, ??, or, and, not, == != < <= > >=
        in, ... ..<, + -, * / // %, unary -, ** , call, index and member.

        / always gives a float; // and % round towards minus infinity. + joins strings
        and lists; * repeats.

            7 / 2
            7 // 2
            "ab" * 3
            [1] + [2]
            2 in [1, 2]
            3 not in 1..<3

        An index counts from 0, from the end when negative; a range cuts a piece out.

            let xs = [10, 20, 30]
            xs[-1]
            xs[1...]

        A missing key is an error; ?. and get give null or a default instead.

            let r = {a: 1}
            r?.b
            get(r, "b", 0)

        x.f(a) is f(x, a): every function can be written behind its first argument.

            [3, 1, 2].sort().reverse()
        """, words: ["and", "or", "not", "in", "operators"]),
    Topic(
      name: "pipes", summary: "values flowing through stages; the item as a dot",
      text: """
        x | f a is f(x, a). A stage's arguments follow a blank and run to the next |
        or the end of the line.

            [3, 1, 2] | sort | take 2

        In a stage's argument a dot is the current item and .name a part of it; the
        whole argument becomes a function of the item.

            [1, 2, 3] | map . ** 2 | where . > 1
            [{n: 1}, {n: 2}] | where .n > 1 | map "number {.n}"

        A line that begins with | goes on with the line above. transform names a pipe
        for later.

            transform largest(n) = sort desc(.) | take n
            [4, 9, 2] | largest(2)
        """, words: ["|", "transform", "stage"]),
    Topic(
      name: "statements", summary: "let, var, assignment, loops, blocks",
      text: """
        let names a value, var a variable. Patterns take lists and records apart.

            let [first, ...rest] = [1, 2, 3]
            let {name, age: years} = {name: "Ada", age: 36}
            var total = 0
            total += 5

        An assignment may go to a place inside a variable.

            var m = {users: [{name: "Al"}]}
            m.users[0].name = "Bo"

        Loops run over lists, ranges, strings, sets, records, columns and tables.

            for x in 1...3 { print(x) }
            for i, x in ["a", "b"] { print(i, x) }
            for key, value in ({a: 1}) { print(key, value) }
            var n = 0
            while n < 3 { n += 1 }

        for var x in xs { ... } changes the elements of xs in place. break, continue,
        and defer { ... }, which runs when the block is left.
        """, words: ["let", "var", "for", "while", "break", "continue", "defer", "if", "else"]),
    Topic(
      name: "functions", summary: "fn, parameters, lambdas, types",
      text: """
        A function has a body in braces, whose last expression is its value, or one
        expression behind =.

            fn area(w, h = 1.0) { w * h }
            fn double(x) = x * 2
            area(2, h: 3)

        ...xs takes the rest of the arguments; a var parameter changes the caller's
        variable.

            fn total(...xs) = sum(xs)
            fn add_one(var xs) { xs.push(1) }
            var list = [0]
            add_one(&list)

        Types are optional and checked where values enter and leave.

            fn fib(n: int) -> int { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }

        A lambda is a function without a name.

            map([1, 2], x => x + 1)
            reduce([1, 2, 3], (a, b) => a + b, 0)

        A ## comment above a declaration is what :help shows of it.
        """, words: ["fn", "return", "lambda", "=>"]),
    Topic(
      name: "match", summary: "choosing by the form of a value",
      text: """
        Arms are tried in order; a pattern is a literal, a range, p or q, a name, a
        list, a record, a type with a name, or _ for anything. A range fits what
        `x in 1...9` is true for, so 2.5 fits it too.

            let shape = {kind: "circle", r: 2}
            match shape {
              {kind: "circle", r} => 3.14 * r * r
              {kind: "square", side} if side > 0 => side * side
              [x, y, ...rest] => x * y
              1...9 => "a digit"
              string s => s.upper()
              _ => null
            }

        let p = e else { return } leaves where a value does not fit.
        """, words: ["pattern", "patterns"]),
    Topic(
      name: "errors", summary: "fail, try, catch, kinds of errors",
      text: """
        fail raises an error; try with catch or else takes it.

            fn risky() { fail "no luck" }
            try { risky() } catch e { print(e.kind, e.message) }
            let x = try int("12x") else 0

        e has kind, message, data, line, column and trace. The kinds are syntax, name,
        type, index, key, value, overflow, zero_division, depth, io, parse, timeout,
        cancelled, deadlock, channel_closed, not_sendable, assertion and user; fail
        {kind: "mine", message: "..."} makes one of your own.

            assert 1 + 1 == 2, "arithmetic"

        Unknown names, wrong argument counts, assignment to let and a misplaced break
        are found before anything runs. A script that ends in an error has exit status
        1, one that did not start 2.
        """, words: ["fail", "try", "catch", "assert", "error"]),
    Topic(
      name: "tasks", summary: "spawn, await, channels, select, scope, timeout, cells",
      text: """
        spawn starts a call or a block in a task of its own, which runs at the same
        time as all others, on all cores. await waits for its value, or for those of a
        list of tasks, and raises its error.

            fn work(n) { var s = 0; for i in 0..<n { s += i }; s }
            let t = spawn work(1000)
            await t
            await [spawn work(10), spawn work(20)]

        Tasks are cheap, and any of them may wait anywhere. t.cancel() ends one, t.done
        and t.name tell about it. :tasks lists them, and marks as leaked what waits for
        a channel that nobody else holds; :kill N cancels one.

        A channel carries values from task to task. A send waits for a receive, or for
        room where the channel has a buffer; for goes on until it is closed and empty.

            let ch = channel()
            spawn { for i in 1...3 { ch <- i }; close(ch) }
            for v in ch { print(v) }
            let buffered = channel(10)
            buffered <- 1
            <-buffered

        let v = <-ch else { ... } runs its block where the channel is closed and empty.
        ticker(1s) makes a channel that gets the time again and again.

        select takes one arm that is ready, waits for one, or gives up.

            let a = channel()
            let b = channel(1)
            select {
              let v = <-a => "got {v}"
              b <- 5 => "sent"
              after 1s => "nothing came"
            }

        scope waits for all tasks that are spawned while it runs. The first error that
        cannot be awaited any more ends the block, cancels the others and is raised. A
        script as a whole is a scope; an entry of the prompt is none, its tasks go on.

            scope { for i in 1...3 { spawn print(i) } }
            try { timeout 10ms { sleep(1h) } } catch e { e.kind }

        An error that can still be awaited waits for its await. cancel, timeout and a
        failed scope leave whatever their tasks do, past every catch; deferred blocks
        run, and have 50 ms for it.

        Tasks share no variable: a task that uses a var from outside is refused, before
        anything runs where that can be seen. A cell is a place that they may share, and
        update changes it with no other task in between.

            let count = cell(0)
            scope { for _ in 1...10 { spawn count.update(n => n + 1) } }
            count.value

        map, where, derive and each take workers: n, so many tasks that share the work
        on a list, a table or a channel. The results keep their order; the first error
        cancels the rest.

            1...4 | map(. ** 2, workers: 2)

        Verbs work on channels as well: where map flat_map derive select drop rename
        take skip distinct make a channel of what comes, and so do batch (lists of n, or
        of what came in a time), throttle (n in a time) and merge (several channels).
        each, reduce, any, all, find, list and for receive until it is closed.

            let numbers = channel()
            spawn { for i in 1...10 { numbers <- i }; close(numbers) }
            numbers | where . % 2 == 0 | map . ** 2 | batch(2, every: 1s) | list

        Each such verb is a task of the scope around it. Its error reaches whoever
        receives from it. Who stops early ends the verbs before: nothing more is
        received, and an error in what was not wanted is none. The end of the scope ends
        what is left.

        When no task can ever run again, the one that waits gets the error deadlock,
        which says who waits where. swale --workers N sets how many run at once; --seed
        N runs them in an order drawn from N, on a clock that does not wait, so that a
        run can be repeated; swale test-schedules FILE tries many of them.
        """,
      words: [
        "task", "spawn", "await", "channel", "select", "scope", "timeout", "after", "cell", "goroutine",
        "async",
        "deadlock", "workers", "parallel", "pipeline", "stream", "batch", "throttle", "merge",
      ]),
    Topic(
      name: "modules", summary: "use, and the modules that are always there",
      text: """
        use "lib/geo.swale" binds geo; use "lib/geo.swale" as g another name; use
        "lib/geo.swale" { area } only some. Paths are relative to the file that uses
        them; at the prompt, to the present folder. A file shows its top-level let, fn
        and transform, but not names that begin with _. It runs once.

        Always there: math json csv fs time random stats regex env bits hash base64.

            math.sqrt(2)
            json.parse('{"a": [1, 2]}').a
        """, words: ["use", "module"]),
  ]
}
