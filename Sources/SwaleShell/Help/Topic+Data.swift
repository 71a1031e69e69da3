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
        each, reduce, flat_map, any, all and find; window (:help windows); fill,
        drop_nulls, explode, unpivot, pivot and sample (:help reshape). The same verbs
        work on lists: where, map, sort, take, skip, distinct, derive, select, drop and
        rename give lists, the others tables. :help NAME explains each, :help cookbook
        shows what pandas, SQL and Polars have for it.

        A column is indexed by an int, a range, a condition or several ints, and so is
        a table. Arithmetic, comparisons and functions of single values work on each
        item; .name of a column of records is the column of that field.

            let t = table([{city: "Oslo", pop: 7}, {city: "Rome", pop: 28}])
            t.pop[t.pop > 10]
            t[[1, 0]]
            t.pop * 2

        explain shows what will be done for a table, and profile does it and shows what
        each verb took: which expressions are computed for whole columns, which call a
        function for each row, and which columns are read of a file.

            let t = table([{city: "Oslo", pop: 7}, {city: "Rome", pop: 28}])
            t | where .pop > 10 | sort .city | explain
        """, words: ["table", "verbs", "column", "mask", "plan", "slow"]),
    Topic(
      name: "windows", summary: "what a row is among the rows of its group: lag, rank, shares",
      text: """
        window adds columns and leaves the rows where they are. In its expressions the
        item is the group: .x is a column of it. Window functions give an item for each
        row; aggregates and other single values are the same for all rows.

            let t = table([{k: "a", x: 1}, {k: "b", x: 5}, {k: "a", x: 3}])
            t | window total: cumsum(.x), share: .x / sum(.x), by: .k
            t | window before: lag(.x), place: rank(desc(.x)), n: row_number(), by: .k, order: .x

        by: is a key as in summarize, order: one as in sort; without them all rows are
        one group, in their order. Later expressions see earlier ones.

        cumsum cummin cummax lag(x, n, default:) lead pct_change(x, n) rank dense_rank
        row_number ntile(x, n) rolling_mean(x, n) rolling_sum rolling_min rolling_max.
        Ranks count from 1, rank(desc(x)) from the greatest. Nulls stay null; a rolling
        window is null until it is full, and where one of its items is null. They are
        plain functions of columns and lists too.

            cumsum([1, 2, 3])
            rolling_mean(column([1, 2, 6]), 2)

        where and derive take by: as well; their expressions then speak of the group.

            let t = table([{k: "a", x: 1}, {k: "b", x: 5}, {k: "a", x: 3}])
            t | where .x == max(.x), by: .k
        """, words: ["lag", "over", "partition", "rolling"]),
    Topic(
      name: "reshape", summary: "fill, drop_nulls, explode, unpivot, pivot and sample",
      text: """
        Missing items: fill puts values in, drop_nulls leaves rows out.

            let t = table({x: [1, null], s: ["a", null]})
            t | fill x: 0, s: "none"
            t | drop_nulls .x

        Lists in a column become rows. An empty list gives none, a missing one stays.

            table([{id: 1, tags: ["a", "b"]}, {id: 2, tags: []}]) | explode .tags

        Columns become rows and rows columns.

            let wide = table([{city: "Oslo", jan: 5, feb: 7}])
            let long = wide | unpivot [.jan, .feb], name: "month", value: "sales"
            long | pivot .month, value: sum(.sales), by: .city

        sample n picks rows at random, in their order; a seed gives the same each time.

            let t = table({x: 1...100})
            t | sample 3, seed: 7
            t | sample 1, seed: 7, by: {tens: .x // 10}
        """, words: ["melt", "missing", "long", "wide"]),
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
