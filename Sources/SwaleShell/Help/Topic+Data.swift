extension Topic {
  /// The pages about tables and files.
  static let data: [Topic] = [
    Topic(
      name: "tables", summary: "tables, columns and the verbs that work on them",
      text: """
        A table has named columns of one length. read gives one, and so does table.

            let t = table([{city: "Oslo", pop: 7}, {city: "Rome", pop: 28}])
            t.pop
            t[0]

        Verbs make new tables. They are lazy: nothing runs before rows are looked at.

            let t = table([{city: "Oslo", pop: 7}, {city: "Rome", pop: 28}])
            t | where .pop > 10
            t | select .city, big: .pop > 10
            t | derive share: .pop / 35
            t | sort desc(.pop) | take 1
            t | summarize total: sum(.pop), n: count(), by: .city

        Also drop, rename, skip, distinct, tally, join, append, describe, schema, map,
        each, reduce, flat_map, any, all and find; the same verbs work on lists. :help
        NAME explains each.
        """, words: ["table", "verbs", "column"]),
    Topic(
      name: "aggregates", summary: "sum, mean and the rest, over columns and groups",
      text: """
        sum mean median min max count n_distinct std variance quantile(x, p) first
        last collect any all mode corr(x, y) work on columns and lists, and in
        summarize on each group, where .price is a column.

            sum([1, 2, null])
            let sales = table([{r: "n", qty: 2, price: 3.0}, {r: "s", qty: 1, price: 5.0}])
            sales | summarize revenue: sum(.qty * .price), by: .r

        They leave missing values out; sum of nothing is 0, mean of nothing null.
        Groups come in the order in which they first appear.
        """, words: ["summarize", "groups"]),
    Topic(
      name: "files", summary: "reading and writing csv, json, ndjson, txt, gzip",
      text: """
        read(path) goes by the ending: csv, tsv, json, ndjson or jsonl, txt, each also
        with .gz. read("-", format: "csv") reads the standard input. Delimiter,
        quotes, header and types of a CSV are found out; delimiter:, header:, types:,
        null_values: and strict: say otherwise. Rows that do not fit are counted,
        reported once and kept in .rejects; strict: true makes them an error.

        write(value, path) goes by the ending too. fs has list, exists, read_text,
        write_text, remove, copy, move, mkdir, glob and stat.
        """, words: ["read", "write", "csv", "json", "gzip"]),
    Topic(
      name: "dates", summary: "dates, times and durations",
      text: """
        A date and a duration have literals; differences are durations.

            @2026-05-01 - @2026-04-01
            @2026-05-01 + 14d
            @2026-05-01T08:00:00Z + 1h30m
            parse_date("01.05.2026", "%d.%m.%Y")
            format_date(@2026-05-01, "%Y-%m")

        year month day weekday hour minute second, truncate(d, "month"), add_months,
        today and now.
        """, words: ["date", "datetime", "duration"]),
  ]
}
