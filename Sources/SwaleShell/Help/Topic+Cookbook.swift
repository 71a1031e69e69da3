extension Topic {
  /// Pages for those who know other tools for tables.
  static let cookbook: [Topic] = [
    Topic(
      name: "cookbook", summary: "what pandas, SQL and Polars do, in Swale",
      text: """
        Above each line of Swale stands how others say it. df and t are the same table.

        Rows and columns

            let t = table([{city: "Oslo", qty: 2, price: 3.0}, {city: "Rome", qty: 5, price: null}])
            # pandas df[df.qty > 2]   SQL where qty > 2   Polars filter(pl.col("qty") > 2)
            t | where .qty > 2
            # pandas df[["city", "qty"]]   SQL select city, qty   Polars select("city", "qty")
            t | select .city, .qty
            # pandas df.assign(total=...)   SQL select *, qty * price   Polars with_columns(...)
            t | derive total: .qty * .price
            # pandas np.where(df.qty > 2, "big", "small")   SQL case when   Polars pl.when
            t | derive size: if .qty > 2 { "big" } else { "small" }
            # pandas rename(columns={...}), drop(columns=[...])   Polars rename, drop
            t | rename town: .city | drop .price
            # pandas sort_values(["qty"], ascending=False)   SQL order by qty desc limit 10
            t | sort desc(.qty) | take 10
            # pandas drop_duplicates("city")   SQL distinct on (city)   Polars unique("city")
            t | distinct .city
            # pandas isin(["Oslo"])   SQL city in ('Oslo')   Polars is_in(["Oslo"])
            t | where .city in ["Oslo", "Bergen"]
            # pandas value_counts   SQL select city, count(*) group by city order by 2 desc
            t | tally .city
            # pandas pd.concat([a, b])   SQL union all   Polars pl.concat
            t | append t
            # pandas df.sample(1, random_state=7), df.describe(), df.dtypes
            t | sample 1, seed: 7
            t | describe
            t | schema

        Groups

            let t = table([{city: "Oslo", qty: 2}, {city: "Rome", qty: 5}, {city: "Oslo", qty: 4}])
            # pandas groupby("city").agg(n=..., total=...)   SQL group by city   Polars group_by.agg
            t | summarize n: count(), total: sum(.qty), most: max(.qty), by: .city
            # SQL having count(*) > 1
            t | summarize n: count(), by: .city | where .n > 1
            # pandas groupby("city").head(1)   SQL row_number() over (...) = 1
            t | sort desc(.qty) | take 1, by: .city
            # pandas groupby(df.qty // 3)   SQL group by qty / 3
            t | summarize n: count(), by: {part: .qty // 3}
            # pandas df.qty.quantile(0.9), df.a.corr(df.b)
            t | summarize p90: quantile(.qty, 0.9), spread: max(.qty) - min(.qty)

        Windows

            let t = table([{k: "a", day: 1, x: 2.0}, {k: "a", day: 2, x: 3.0}, {k: "b", day: 1, x: 9.0}])
            # pandas groupby("k").x.transform("sum")   SQL sum(x) over (partition by k)   Polars over
            t | window share: .x / sum(.x), by: .k
            # pandas cumsum, shift(1), pct_change   SQL sum(x) over (order by day), lag(x)
            t | window total: cumsum(.x), before: lag(.x), growth: pct_change(.x), by: .k, order: .day
            # pandas rank(method="min", ascending=False)   SQL rank() over (order by x desc)
            t | window place: rank(desc(.x)), n: row_number()
            # pandas rolling(2).mean()   SQL avg(x) over (rows 1 preceding)   Polars rolling_mean(2)
            t | window mean: rolling_mean(.x, 2), by: .k
            # dplyr group_by(k) |> filter(x > mean(x))   SQL qualify x > avg(x) over (partition by k)
            t | where .x >= mean(.x), by: .k

        Joins

            let orders = table([{id: 1, who: 7, sum: 20}, {id: 2, who: 8, sum: 30}])
            let people = table([{key: 7, name: "Ada"}])
            # pandas merge(left_on="who", right_on="key", how="left")   SQL left join on who = key
            orders | join people, on: {who: "key"}, kind: "left"
            # SQL where who not in (select key ...)   Polars join(how="anti")
            orders | join people, on: {who: "key"}, kind: "anti"

        Shape

            let wide = table([{city: "Oslo", jan: 5, feb: 7, tags: ["a", "b"]}])
            # pandas melt   Polars unpivot   SQL unpivot   tidyr pivot_longer
            let long = wide | drop .tags | unpivot [.jan, .feb], name: "month", value: "sales"
            # pandas pivot_table   Polars pivot   SQL pivot   tidyr pivot_wider
            long | pivot .month, value: sum(.sales), by: .city
            # pandas explode   Polars explode   SQL unnest
            wide | explode .tags

        Missing values

            let t = table({x: [1.0, null, 3.0], s: ["a", null, "c"]})
            # pandas fillna({...})   SQL coalesce(x, 0)   Polars fill_null
            t | fill x: 0.0, s: "none"
            # pandas fillna(df.x.mean())
            t | fill x: mean(t.x)
            # pandas dropna(subset=["x"])   SQL where x is not null   Polars drop_nulls("x")
            t | drop_nulls .x
            # pandas isna().sum()   SQL count(*) - count(x)
            t | summarize missing: count() - count(.x)

        Dates and strings

            let t = table([{at: @2026-05-17T08:30:00Z, name: "Ada Lovelace"}])
            # pandas dt.year, dt.to_period("M")   SQL date_trunc('month', at)   Polars dt.truncate
            t | derive year: year(.at), month: truncate(.at, "month"), day: date(.at)
            # pandas dt.strftime("%Y-%m")   SQL strftime   Polars dt.strftime
            t | derive month: format_date(.at, "%Y-%m"), later: .at + 7d
            # pandas str.upper, str.contains, str.len   SQL upper, like, length
            t | where contains(.name, "Love") | derive loud: upper(.name), size: len(.name)
            # pandas str.split(" ").str[0]   SQL split_part   Polars str.split
            t | derive first: split(.name, " ")[0]

        One column, as in NumPy

            let x = column([3.0, 1.0, null, 2.0])
            # x * 2 + 1, x[x > 1], x[1:3], np.sqrt(x), x.cumsum(), x.mean(), np.sort(x), np.unique(x)
            x * 2 + 1
            x[x > 1]
            x[1..<3]
            sqrt(x)
            x.cumsum()
            x.mean()
            x | sort | distinct
        """, words: ["pandas", "polars", "sql", "numpy", "dplyr", "idioms"])
  ]
}
