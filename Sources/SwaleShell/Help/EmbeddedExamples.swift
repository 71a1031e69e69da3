// Made by Scripts/embed-examples from the folder Examples; change the files there.

/// The programs of the folder Examples.
enum EmbeddedExamples {
  static let files: [(name: String, text: String)] = [
    (
      name: "bank",
      text: ##"""
      # Transfers between accounts by many tasks at once. A task cannot touch another one's variables, so
      # what they share is in a cell, and `update` changes it with no other task in between.

      let accounts = cell({ada: 100, bo: 100, cy: 100})

      fn transfer(payer, payee, amount) {
        accounts.update(all => {
          if payer == payee or all[payer] < amount { return all }
          {...all, [payer]: all[payer] - amount, [payee]: all[payee] + amount}
        })
      }

      let names = ["ada", "bo", "cy"]
      scope {
        for i in 0..<300 {
          spawn transfer(names[i % 3], names[(i + i // 3) % 3], i % 7)
        }
      }

      let all = accounts.value
      print("{len(all)} accounts, {all.values().sum()} in all")
      print("nobody owes anything: {all.values().min() >= 0}")

      """##
    ),
    (
      name: "closures",
      text: ##"""
      # Recursion and closures: functions are values and close over their scope.
      fn permutations(xs) {
        if len(xs) <= 1 { return [xs] }
        var all = []
        for i, x in xs {
          let others = xs[..<i] + xs[i + 1...]
          for rest in permutations(others) { all.push([x, ...rest]) }
        }
        all
      }
      print(permutations([1, 2, 3]))

      # A var is shared with the closure, so each counter keeps its own.
      fn counter(step = 1) {
        var n = 0
        () => { n += step; n }
      }
      let ones = counter()
      let tens = counter(step: 10)
      ones()
      tens()
      print([ones(), tens()])

      fn compose(...fs) = x => fs.reduce((value, f) => f(value), x)
      let shout = compose(trim, upper, s => s + "!")
      print(shout("  swale "))

      # A list of closures: each turn of a loop has its own variable.
      var thunks = []
      for i in 1...3 { thunks.push(() => i * i) }
      print(thunks.map(f => f()))

      """##
    ),
    (
      name: "csv_report",
      text: ##"""
      # A report from two CSV texts: a join, a group, a sort. With files it is read("orders.csv").
      let orders = csv.parse("""
        id,customer,qty,price,status
        1,7,3,9.50,paid
        2,8,1,120.00,paid
        3,7,2,4.25,open
        4,9,10,2.00,paid
        5,8,2,60.00,paid
        """)
      let customers = csv.parse("""
        id,name,city
        7,Ada,London
        8,Grace,New York
        9,Linus,Helsinki
        """)

      let report = orders
        | where .status == "paid"
        | derive total: .qty * .price
        | join customers, on: {customer: "id"}
        | summarize revenue: sum(.total), orders: count(), by: .city
        | sort desc(.revenue)

      for row in report {
        print("{row.city:<10}{row.orders:>3}{row.revenue:>10.2f}")
      }
      print("{"sum":<10}{sum(report.orders):>3}{sum(report.revenue):>10.2f}")

      """##
    ),
    (
      name: "dates",
      text: ##"""
      # Dates, times and durations are literals.
      let start = @2026-05-01
      let finish = @2026-06-15
      print("{start} to {finish}: {(finish - start) / 1d} days")
      print(start + 14d, start.weekday(), start.year(), start.month())
      print(@2026-05-01T12:30:00Z + 1h30m)
      print(90m == 1h30m, 1h / 15m)

      # Text in, text out.
      let day = parse_date("24.12.2026", "%d.%m.%Y")
      print(day, format_date(day, "%d/%m"))
      print(truncate(day, "month"), add_months(@2026-01-31, 1))

      # How many of the year's thirteenths are Fridays? (Weekdays count from Monday, 1.)
      let thirteenths = (1...12).map(m => date(2026, m, 13))
      print(thirteenths.where(.weekday() == 5))

      """##
    ),
    (
      name: "dictionary",
      text: ##"""
      # A record as a dictionary: any hashable key, in the order of insertion.
      var squares = {}
      for n in 1...5 { squares[n * n] = "square of {n}" }
      print(squares[16], 17 in squares, get(squares, 17, "none"))

      let grid = {[[0, 0]]: "start", [[2, 3]]: "goal"}
      print(grid[[2, 3]])

      # How often does each length of a Collatz run come?
      var lengths = {}
      for start in 1...2000 {
        var n = start
        var steps = 0
        while n != 1 {
          n = if n % 2 == 0 { n // 2 } else { 3 * n + 1 }
          steps += 1
        }
        lengths.update(steps, 0, k => k + 1)
      }
      let [steps, times] = lengths.items() | sort desc(.[1]), .[0] | first
      print("{len(lengths)} lengths; the most frequent is {steps}, {times} times")
      for key, value in squares { if key > 10 { print(key, value) } }

      """##
    ),
    (
      name: "errors",
      text: ##"""
      # Errors: raise, catch, clean up.
      fn parse_age(text) {
        let age = try int(text) else fail {kind: "value", message: "no number: {text}", data: text}
        if age < 0 { fail "an age below zero" }
        age
      }

      for text in ["42", "4x", "-1"] {
        try {
          print("age {parse_age(text)}")
        } catch e {
          print("{e.kind}: {e.message} (line {e.line})")
        }
      }

      # try .. else gives a value in place of an error.
      print(try [1, 2][9] else "none")

      # defer runs when its block is left, however; the newest first.
      fn work(fails) {
        print("open")
        defer { print("close") }
        defer { print("flush") }
        if fails { fail "broken" }
        "done"
      }
      print(work(false))
      print(try work(true) else "failed")

      try { 1 // 0 } catch e { print(e.kind) }
      try { 9223372036854775807 + 1 } catch e { print(e.kind) }
      try { {name: "Ada"}.nam } catch e { print(e.kind) }

      """##
    ),
    (
      name: "fan_in",
      text: ##"""
      # Fan-in: `select` takes whatever comes first from several channels, and gives up after a while.

      fn station(name, pause, count) {
        let output = channel()
        spawn {
          for i in 1...count {
            sleep(pause)
            output <- "{name} {i}"
          }
          close(output)
        }
        output
      }

      let north = station("north", 2ms, 3)
      let south = station("south", 3ms, 2)
      let silent = channel()

      var seen = []
      while len(seen) < 5 {
        select {
          let v = <-north => seen.push(v)
          let v = <-south => seen.push(v)
          let v = <-silent => seen.push(v)
          after 1s => break
        }
      }
      print(sort(seen).join(", "))

      # Where nothing is to be decided in between, `merge` makes one channel of several.
      let all = merge(station("east", 1ms, 2), station("west", 1ms, 2)) | list
      print(sort(all).join(", "))

      let answer = select {
        let v = <-silent => "heard {v}"
        after 5ms => "nothing from the silent one"
      }
      print(answer)

      """##
    ),
    (
      name: "fib",
      text: ##"""
      # fib: recursive calls. Try :bench fib(27) at the prompt.
      fn fib(n) { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
      print(fib(20))

      """##
    ),
    (
      name: "hello",
      text: ##"""
      # Hello: printing, names and interpolation.
      let name = if len(args) > 0 { args[0] } else { "world" }
      print("Hello, {name}!")

      # A spec after a colon formats: width, digits, thousands.
      let people = 8_100_000_000
      print("We are {people:,} on {1} planet, {2 / 3:.1%} of it sea.")

      """##
    ),
    (
      name: "in_place",
      text: ##"""
      # Lists, records and sets in place: values are copied when assigned, changed where they stand.
      var xs = [3, 1, 2]
      var copy = xs
      copy[0] = 99
      print(xs, copy)

      xs.push(4)
      xs.insert(0, 7)
      xs.swap(0, -1)
      print(xs, xs.pop(), xs.remove(1))

      var team = {name: "reeds", members: [{name: "Ada", points: 3}]}
      team.members.push({name: "Bo", points: 5})
      team.members[0].points += 10
      team.city ??= "Oslo"
      print(team)

      # A loop over a var path changes its elements.
      for var member in team.members { member.points *= 2 }
      print(team.members.map(.points))

      # A var parameter changes the caller's variable.
      fn bubble(var ys) {
        for i in 0..<len(ys) {
          for j in 0..<len(ys) - i - 1 {
            if ys[j] > ys[j + 1] { ys.swap(j, j + 1) }
          }
        }
      }
      var numbers = [5, 2, 9, 1]
      bubble(&numbers)
      print(numbers)

      var seen = set([1, 2])
      seen.add(2)
      seen.add(5)
      print(len(seen), 5 in seen, 7 in seen)

      """##
    ),
    (
      name: "json_reshape",
      text: ##"""
      # Reshaping JSON: parse, take apart, group, write again.
      let answer = json.parse('''
        [
          {"user": {"name": "Ada", "langs": ["swift", "go"]}, "active": true},
          {"user": {"name": "Bo", "langs": ["go"]}, "active": false},
          {"user": {"name": "Cy", "langs": ["python", "go"]}, "active": true}
        ]
        ''')

      # From a list of users to a record of languages.
      var by_language = {}
      for {user: {name, langs}, active} in answer {
        if not active { continue }
        for lang in langs {
          by_language.update(lang, [], names => names + [name])
        }
      }
      print(json.text(by_language))

      # A missing key is an error; ?. and ?? say what to take then.
      print(answer[1]?.email ?? "no mail")
      print(answer | map {name: .user.name, n: len(.user.langs)} | where .n > 1)
      print(json.text({names: answer.map(.user.name)}, indent: 2))

      """##
    ),
    (
      name: "logs",
      text: ##"""
      # Lines of a web server's log, made up here: taken apart, counted, and grouped into visits.
      random.seed(7)
      let paths = ["/", "/login", "/cart", "/api/items", "/api/pay"]
      fn line(i) {
        let at = @2026-05-01T00:00:00Z + i * 20s + random.int(0, 15) * 1s
        let status = if random.int(1, 12) == 1 { random.choice([404, 500, 503]) } else { 200 }
        let path = random.choice(paths)
        let address = "10.0.0.{random.int(1, 25)}"
        '{} {} "GET {}" {} {}ms'.format(address, format_date(at, "%Y-%m-%dT%H:%M:%SZ"), path, status, random.int(3, 400))
      }
      let log = 0..<3000 | map line(.)
      print(log[0])

      # A pattern takes each line apart.
      let pattern = '^(\S+) (\S+) "GET (\S+)" (\d+) (\d+)ms$'
      let hits = table(log | map regex.groups(., pattern) | map (g => {
        address: g[0], at: datetime(g[1]), path: g[2], status: int(g[3]), took: int(g[4]) * 1ms,
      }))

      # Errors and slow answers by path.
      hits
        | summarize hits: count(), errors: sum(.status >= 500), by: .path
        | sort .path
        | print
      hits
        | summarize median: median(.took), p99: quantile(.took, 0.99), by: {api: starts_with(.path, "/api")}
        | sort .api
        | print

      # Hours as columns.
      hits
        | where hour(.at) < 4
        | pivot format_date(.at, "%H:00"), value: count(), by: {kind: .status // 100}
        | sort .kind
        | print

      # Hits of one address belong to a visit until it pauses for ten minutes.
      let visits = hits
        | window pause: .at - lag(.at), by: .address, order: .at
        | derive starts: .pause == null or .pause > 10m
        | window visit: cumsum(.starts), by: .address, order: .at
        | summarize from: min(.at), hits: count(), length: max(.at) - min(.at), by: [.address, .visit]
      print(len(visits), max(visits.hits), max(visits.length))
      visits | sort desc(.hits), .address | take 3 | print

      """##
    ),
    (
      name: "mandelbrot",
      text: ##"""
      # mandelbrot: float arithmetic in nested loops.
      fn escapes_after(cr, ci, limit) {
        var zr = 0.0
        var zi = 0.0
        var n = 0
        while n < limit and zr * zr + zi * zi <= 4.0 {
          let next = zr * zr - zi * zi + cr
          zi = 2.0 * zr * zi + ci
          zr = next
          n += 1
        }
        n
      }

      let shades = " .:-=+*#%@"
      for row in 0...10 {
        var line = ""
        for column in 0...38 {
          let n = escapes_after(-2.1 + column * 0.075, -1.2 + row * 0.24, 90)
          line += shades[n // 10]
        }
        print(line.trim() | (s => "{s:^39}"))
      }

      """##
    ),
    (
      name: "modules",
      text: ##"""
      # Modules: the standard ones are there by name; fs writes one of our own to use.
      print(math.gcd(84, 36), round(math.pi, 4))
      print(hash.sha256("swale")[..<8], base64.encode("swale"))
      print(regex.find_all("a1 b22 c333", '[0-9]+'))

      # A file's top-level names are visible to who uses it: with lib/geo.swale beside this file,
      #   use "lib/geo.swale"                      geo.area(2, 3)
      #   use "lib/geo.swale" as g                 g.area(2, 3)
      #   use "lib/geo.swale" { area, perimeter }  area(2, 3)
      # Names that begin with _ stay inside. A file runs once.
      let folder = "swale-example-{random.int(0, 1_000_000)}"
      fs.mkdir(folder)
      defer { fs.remove(folder) }
      let path = "{folder}/geo.swale"
      fs.write_text(path, "fn area(w, h) = w * h")
      defer { fs.remove(path) }
      print(fs.read_text(path))
      print(fs.exists(path), fs.list(folder).len())

      """##
    ),
    (
      name: "nbody",
      text: ##"""
      # nbody: records of floats, changed in place.
      var bodies = [
        {x: 0.0, y: 0.0, vx: 0.0, vy: 0.0, mass: 1000.0},
        {x: 100.0, y: 0.0, vx: 0.0, vy: 3.0, mass: 1.0},
        {x: 0.0, y: 200.0, vx: -2.0, vy: 0.0, mass: 2.0},
      ]

      fn advance(var bodies, dt) {
        let n = len(bodies)
        for i in 0..<n {
          for j in i + 1..<n {
            let dx = bodies[i].x - bodies[j].x
            let dy = bodies[i].y - bodies[j].y
            let square = dx * dx + dy * dy
            let pull = dt / (square * sqrt(square))
            let mine = bodies[i].mass * pull
            let other = bodies[j].mass * pull
            bodies[i].vx -= dx * other
            bodies[i].vy -= dy * other
            bodies[j].vx += dx * mine
            bodies[j].vy += dy * mine
          }
        }
        for var b in bodies {
          b.x += b.vx * dt
          b.y += b.vy * dt
        }
      }

      for _ in 1...1000 { advance(&bodies, 0.01) }
      for b in bodies { print("{b.x:.4f} {b.y:.4f}") }

      """##
    ),
    (
      name: "parallel_word_count",
      text: ##"""
      # Counts words in many files at once: a few tasks share the files, and the counts are merged when all are
      # there.

      fn count_words(path) {
        var counts = {}
        for word in fs.read_text(path).lower().words() {
          counts.update(word, 0, n => n + 1)
        }
        counts
      }

      # Some files to count in.
      let folder = "words_example"
      fs.mkdir(folder)
      let texts = ["the reed and the sedge", "the heron eats the frog", "a frog in a swale and a reed"]
      for i, text in texts { fs.write_text("{folder}/{i}.txt", text) }

      let paths = fs.glob("{folder}/*.txt")

      var total = {}
      for counts in paths | map(count_words, workers: 4) {
        for word, n in counts { total.update(word, 0, m => m + n) }
      }

      let rows = total.items().map(pair => {word: pair[0], count: pair[1]})
      let top = rows | sort desc(.count), .word | take 3
      for row in top { print("{row.word}: {row.count}") }

      fs.remove(folder, recursive: true)

      """##
    ),
    (
      name: "patterns",
      text: ##"""
      # Pattern matching: by value, range, type and shape.
      fn describe_it(x) = match x {
        null => "nothing"
        0 => "zero"
        1...9 => "a digit"
        int n if n < 0 => "below zero: {n}"
        int _ or float _ => "a number"
        "" => "no text"
        string s => "text of {len(s)}"
        [] => "an empty list"
        [one] => "just {one}"
        [first, ...rest] => "{first} and {len(rest)} more"
        {kind: "circle", r} => "a circle of {3.14 * r ** 2:.1f}"
        {kind: "box", w, h: height} => "a box of {w * height}"
        _ => "a {type(x)}"
      }

      for x in [null, 0, 7, -3, 12.5, "", "reed", [], [1], [1, 2, 3], true] {
        print(describe_it(x))
      }
      print(describe_it({kind: "circle", r: 1}))
      print(describe_it({kind: "box", w: 2, h: 3, color: "red"}))

      # let takes apart too, and may say what happens when the shape does not fit.
      fn area(point) {
        let [x, y] = point else { return null }
        x * y
      }
      print(area([3, 4]), area([3]))

      """##
    ),
    (
      name: "pipeline",
      text: ##"""
      # A pipeline: each stage is a task that reads from one channel and writes to the next. All stages work
      # at the same time, and a slow one holds up those before it, not the memory.

      fn numbers(n) {
        let output = channel()
        spawn {
          for i in 1...n { output <- i }
          close(output)
        }
        output
      }

      # A verb on a channel is such a stage.
      let total = numbers(1000) | map . ** 2 | where . % 2 == 0 | reduce((a, b) => a + b)
      print("the sum of the even squares is {total}")

      # What no verb does is a function that spawns a task of its own.
      fn differences(input) {
        let output = channel()
        spawn {
          var last = null
          for v in input {
            if last != null { output <- v - last }
            last = v
          }
          close(output)
        }
        output
      }

      # Nothing more is computed than is taken: what comes behind ends the stages before it.
      let steps = numbers(1000) | map . ** 2 | differences | take 5 | list
      print("squares grow by {steps}")

      let batches = numbers(7) | batch 3 | list
      print(batches)

      """##
    ),
    (
      name: "pipes",
      text: ##"""
      # Pipes: values flow from left to right; .name speaks of the current item.
      let people = [
        {name: "Ada", age: 36, tags: ["math", "code"]},
        {name: "Bo", age: 17, tags: []},
        {name: "Cy", age: 52, tags: ["code"]},
        {name: "Di", age: 44, tags: ["art"]},
      ]

      print(people | where .age >= 18 | sort desc(.age) | map .name)
      print(people | map "{.name:<3}|{.age:>3}" | join ", ")
      print([1, 2, 3, 4] | map . ** 2 | where . > 3 | sum)
      print((people | any .age > 50), (people | all .age > 20))
      print((people | find "art" in .tags).name)
      print(people | flat_map .tags | tally | map [.value, .count])

      # summarize speaks of the group: .age is all its ages.
      let groups = people | summarize oldest: max(.age), n: count(), by: {adult: .age >= 18}
      for g in groups { print("{g.adult}: {g.n}, oldest {g.oldest}") }

      # A long pipe continues on lines that begin with |.
      people
        | derive decade: .age // 10 * 10
        | select .name, .decade
        | where .decade > 30
        | each (p => print(p.name, p.decade))

      """##
    ),
    (
      name: "prime_sieve",
      text: ##"""
      # The concurrent prime sieve: for each prime a task that lets through what it does not divide. Numbers
      # flow through a chain of tasks that grows as primes are found.

      fn generate(limit, output) {
        for i in 2...limit { output <- i }
        close(output)
      }

      fn filter(input, output, prime) {
        for v in input {
          if v % prime != 0 { output <- v }
        }
        close(output)
      }

      fn primes(limit) {
        var found = []
        var source = channel()
        spawn generate(limit, source)
        while true {
          # The receive of a closed channel takes the else.
          let prime = <-source else { break }
          found.push(prime)
          let next = channel()
          spawn filter(source, next, prime)
          source = next
        }
        found
      }

      print(primes(100))

      """##
    ),
    (
      name: "pub_sub",
      text: ##"""
      # Publish and subscribe: a cell holds the list of subscribers, which tasks may read and change.

      let subscribers = cell([])

      fn subscribe(topic) {
        let inbox = channel(10)
        subscribers.update(list => list + [{topic, inbox}])
        inbox
      }

      fn publish(topic, message) {
        for s in subscribers.value {
          if s.topic == topic { s.inbox <- message }
        }
      }

      fn listen(name, inbox) {
        var heard = []
        for message in inbox { heard.push(message) }
        "{name} heard {heard.join(", ")}"
      }

      let news = subscribe("news")
      let sport = subscribe("sport")
      let listeners = [spawn listen("Ada", news), spawn listen("Bo", sport)]

      publish("news", "reeds in bloom")
      publish("sport", "a draw")
      publish("news", "rain tomorrow")
      publish("weather", "nobody listens")
      for s in subscribers.value { close(s.inbox) }

      for line in await listeners { print(line) }

      """##
    ),
    (
      name: "rate_limiter",
      text: ##"""
      # A rate limiter: `throttle` lets so many through in any span of time, and the others wait, as do those
      # who send them.

      fn requests(n) {
        let output = channel()
        spawn {
          for i in 1...n { output <- "request {i}" }
          close(output)
        }
        output
      }

      let start = time.monotonic()
      for request in requests(6) | throttle(3, every: 10ms) { print(request) }

      # Three at once, three more when the time of the first was over.
      let took = time.since(start)
      print("it took at least 10 ms: {took >= 10ms}")

      # A limit that several tasks share is a channel of tokens: a ticker gives one out each few milliseconds,
      # and the buffer keeps some for a short burst.
      let tokens = channel(2)
      let refilling = spawn {
        for _ in ticker(2ms) {
          # A token that nobody needs is dropped.
          select { tokens <- true => null, else => null }
        }
      }

      fn call_service(n) {
        <-tokens
        n * n
      }

      print(1...5 | map(call_service, workers: 5))

      # A task that never ends by itself is cancelled, or the script would wait for it.
      refilling.cancel()

      """##
    ),
    (
      name: "sales",
      text: ##"""
      # Sales of a year, made up here: totals by month, shares, the best of each region, a table by quarter.
      random.seed(2026)
      let regions = ["north", "south", "east", "west"]
      let products = [
        {product: "tea", price: 4.5}, {product: "coffee", price: 7.0}, {product: "cocoa", price: 5.25},
      ]
      let sales = table(0..<2000 | map (i => {
        id: i + 1,
        day: @2026-01-01 + random.int(0, 364) * 1d,
        region: random.choice(regions),
        product: random.choice(products).product,
        qty: if random.int(1, 20) == 1 { null } else { random.int(1, 12) },
      }))
      let priced = sales | fill qty: 1 | join products, on: .product | derive revenue: .qty * .price

      # Months in order, each beside the one before and the total so far.
      priced
        | summarize revenue: sum(.revenue), orders: count(), by: {month: truncate(.day, "month")}
        | sort .month
        | window so_far: cumsum(.revenue), change: pct_change(.revenue), mean3: rolling_mean(.revenue, 3)
        | derive change: round(.change * 100, 1), mean3: round(.mean3, 1)
        | take 5
        | print

      # What each product is of its region, and where it is the best.
      let shares = priced
        | summarize revenue: sum(.revenue), by: [.region, .product]
        | window share: .revenue / sum(.revenue), place: rank(desc(.revenue)), by: .region
      print(shares | where .place == 1 | derive share: round(.share, 3) | sort .region)

      # Quarters side by side.
      priced
        | pivot "Q{quarter(.day)}", value: sum(.revenue), by: .region
        | select .region, .Q1, .Q2, .Q3, .Q4
        | sort .region
        | print

      # The largest order of each region above its mean by most.
      priced
        | where .revenue > 1.7 * mean(.revenue), by: .region
        | sort desc(.revenue), .id
        | take 1, by: .region
        | select .region, .id, .product, .revenue
        | sort .region
        | print

      """##
    ),
    (
      name: "sensors",
      text: ##"""
      # Readings of three sensors, made up here: gaps, smoothing, outliers and hourly means.
      random.seed(11)
      let readings = table(0..<2880 | map (i => {
        at: @2026-05-01T00:00:00Z + (i // 3) * 5m,
        sensor: ["cellar", "hall", "roof"][i % 3],
        celsius: if random.int(1, 40) == 1 { null } else {
          let spike = if random.int(1, 400) == 1 { 9.0 } else { 0.0 }
          round([12.0, 20.0, 15.0][i % 3] + 4 * math.sin(i / 137.5) + random.normal(0.0, 0.4) + spike, 2)
        },
      }))

      # What is missing, and what the others look like.
      readings
        | summarize n: count(), missing: count() - count(.celsius), mean: round(mean(.celsius), 2), by: .sensor
        | print

      # A gap takes the mean of its sensor; each value stands beside the mean of the last hour.
      let smooth = readings
        | derive(celsius: .celsius ?? mean(.celsius), by: .sensor)
        | window mean: rolling_mean(.celsius, 12), low: rolling_min(.celsius, 12), by: .sensor, order: .at
        | drop_nulls .mean
      smooth | take 1, by: .sensor | derive mean: round(.mean, 3) | select .sensor, .mean, .low | print

      # Readings far away from the rest of their sensor.
      let outliers = readings | where(abs(.celsius - mean(.celsius)) > 2.5 * std(.celsius), by: .sensor)
      outliers | tally .sensor | print

      # Sensors side by side, hour by hour.
      let hourly = readings
        | derive hour: truncate(.at, "hour")
        | pivot .sensor, value: mean(.celsius), by: .hour
      hourly | derive cellar: round(.cellar, 1), hall: round(.hall, 1), roof: round(.roof, 1) | take 3 | print
      print(round(corr(hourly.cellar, hourly.roof), 3))

      # And one below the other again, the warmest hour of each.
      hourly
        | unpivot [.cellar, .hall, .roof], name: "sensor", value: "celsius"
        | where .celsius == max(.celsius), by: .sensor
        | select .sensor, .hour
        | print

      """##
    ),
    (
      name: "sieve",
      text: ##"""
      # sieve: a list of bools, written in place.
      fn primes(limit) {
        var is_prime = [true] * (limit + 1)
        var found = []
        for i in 2...limit {
          if not is_prime[i] { continue }
          found.push(i)
          var multiple = i * i
          while multiple <= limit {
            is_prime[multiple] = false
            multiple += i
          }
        }
        found
      }
      print(primes(50))
      print(len(primes(100_000)))

      """##
    ),
    (
      name: "spectral_norm",
      text: ##"""
      # spectral_norm: float arithmetic over lists.
      fn element(i, j) = 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)

      fn times(v, transposed) {
        var out = []
        for i in 0..<len(v) {
          var total = 0.0
          for j in 0..<len(v) {
            total += (if transposed { element(j, i) } else { element(i, j) }) * v[j]
          }
          out.push(total)
        }
        out
      }

      fn norm(n) {
        var u = [1.0] * n
        var v = u
        for _ in 1...10 {
          v = times(times(u, false), true)
          u = times(times(v, false), true)
        }
        var vbv = 0.0
        var vv = 0.0
        for i in 0..<n {
          vbv += u[i] * v[i]
          vv += v[i] * v[i]
        }
        sqrt(vbv / vv)
      }
      print("{norm(50):.9f}")

      """##
    ),
    (
      name: "strings",
      text: ##"""
      # Strings: methods, slices, formats, regular expressions.
      let line = "  Reed, Rush; Sedge  "
      print(repr(line.trim().lower()))
      print(regex.split(line.trim(), '[,;] *'))
      print("swale"[0], "swale"[-1], "swale"[1...3], "swale".reverse())
      print("ab" * 3, "a-b-c".split("-").join("+"), "reed".contains("ee"))

      # A character is what a person sees: one here, of several code points.
      print(len("né"), len("👩‍👩‍👧"), "né".upper())

      # name:spec, as in Python: fill, alignment, sign, width, digits.
      let pi = math.pi
      print("[{pi:.2f}] [{pi:>8.3f}] [{42:05}] [{42:+}] [{255:x}] [{5:b}] [{0.256:.1%}]")
      print("[{"mid":^9}] [{"left":<6}] [{"right":*>8}] [{1234567:,}]")

      # Raw strings know no escapes; """ spans lines.
      print('C:\new\{x}')
      print("""
        one
          two "quoted"
        three
        """)

      """##
    ),
    (
      name: "tables",
      text: ##"""
      # Tables: typed columns, missing values, a summary by group.
      let weather = csv.parse("""
        city,day,high,rain
        Oslo,2026-05-01,12.5,true
        Oslo,2026-05-02,,false
        Rome,2026-05-01,24.0,false
        Rome,2026-05-02,26.5,false
        """)

      print(len(weather), weather[0])
      print(mean(weather.high), max(weather.high))
      print(collect(weather.high * 2))

      weather
        | summarize days: count(), mean_high: mean(.high), wet: any(.rain), by: .city
        | sort .city
        | each (row => print(row.city, row.days, row.mean_high, row.wet))

      let [first_day, ...others] = weather | where .day == @2026-05-02 | map .city
      print(first_day, others)

      """##
    ),
    (
      name: "transforms",
      text: ##"""
      # Transforms: name a pipeline once, use it on any table or list.
      transform expensive(limit = 100) = where .price >= limit | sort desc(.price)
      transform per_kind = summarize n: count(), total: sum(.price), by: .kind

      let goods = [
        {name: "lamp", kind: "light", price: 80},
        {name: "desk", kind: "wood", price: 350},
        {name: "chair", kind: "wood", price: 120},
        {name: "spot", kind: "light", price: 140},
      ]

      print(goods | expensive | map .name)
      print(goods | expensive(limit: 130) | map .name)

      # A table and a list take the same stages.
      for row in table(goods) | per_kind { print("{row.kind}: {row.n} for {row.total}") }

      # Stages are functions too, also ones of your own, and a lambda in parentheses.
      fn label(rows, mark) = rows | map "{mark} {.name}"
      print(goods | take 2 | label "*")
      print(goods | (rows => len(rows)))

      """##
    ),
    (
      name: "word_count",
      text: ##"""
      # Word count: records as counters, and a pipe to the most frequent.
      let text = """
        the quick brown fox jumps over the lazy dog
        the dog barks and the fox runs
        """

      # In place: one lookup a word.
      var counts = {}
      for word in text.words() {
        counts.update(word, 0, n => n + 1)
      }
      print("{len(counts)} different words, {sum(values(counts))} in all")

      for [word, n] in (counts.items() | sort desc(.[1]), .[0] | take 3) {
        print("{word:<6}{n:>3}")
      }

      # tally does the same in one word.
      print((text.words() | tally | take 1)[0])

      """##
    ),
    (
      name: "worker_pool",
      text: ##"""
      # A pool of workers: a few tasks share the jobs of one channel and send what they find over another.
      # The channels say when the work is done: no counters, no locks.

      fn collatz_steps(n) {
        var steps = 0
        var x = n
        while x != 1 {
          x = if x % 2 == 0 { x // 2 } else { 3 * x + 1 }
          steps += 1
        }
        steps
      }

      fn worker(jobs, results) {
        for n in jobs { results <- {n, steps: collatz_steps(n)} }
      }

      let jobs = channel(8)
      let results = channel(8)

      spawn {
        for n in 1...2000 { jobs <- n }
        close(jobs)
      }

      # The scope ends when all workers have; then nothing more can come.
      spawn {
        scope { for _ in 1...4 { spawn worker(jobs, results) } }
        close(results)
      }

      var best = {n: 1, steps: 0}
      for r in results {
        if r.steps > best.steps { best = r }
      }
      print("{best.n} takes {best.steps} steps")

      # Where the jobs are known beforehand a verb does all that; the results keep their order.
      let found = 1...2000 | map({n: ., steps: collatz_steps(.)}, workers: 4)
      let longest = (found | sort desc(.steps) | take 1)[0]
      print("{longest.n} again: {longest == best}")

      """##
    ),
  ]
}
