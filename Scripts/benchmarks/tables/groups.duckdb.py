import sys, time
import duckdb

base = duckdb.connect()
base.execute(f"create table t as select * from read_csv('{sys.argv[1]}')")


def question(name, columns, query):
    start = time.perf_counter()
    base.execute(f"create or replace temp table answer as {query}")
    rows = base.execute("select count(*) from answer").fetchone()[0]
    seconds = time.perf_counter() - start
    sums = base.execute("select " + ", ".join(f"sum({c})" for c in columns) + " from answer").fetchone()
    print(f"{name} {seconds:.4f} {rows} {float(sum(sums)):.4f}")


question("q1", ["v1"], "select id1, sum(v1) v1 from t group by all")
question("q2", ["v1"], "select id1, id2, sum(v1) v1 from t group by all")
question("q3", ["v1", "v3"], "select id3, sum(v1) v1, avg(v3) v3 from t group by all")
question("q4", ["v1", "v2", "v3"], "select id4, avg(v1) v1, avg(v2) v2, avg(v3) v3 from t group by all")
question("q5", ["v1", "v2", "v3"], "select id6, sum(v1) v1, sum(v2) v2, sum(v3) v3 from t group by all")
question("q6", ["median", "std"], "select id4, id5, median(v3) median, stddev(v3) std from t group by all")
question("q7", ["range"], "select id3, max(v1) - min(v2) as range from t group by all")
question(
    "q8", ["v3"], "select id6, unnest(max(v3, 2)) v3 from t group by id6"
)
question("q9", ["r2"], "select id2, id4, pow(corr(v1, v2), 2) r2 from t group by all")
question(
    "q10",
    ["v3", "n"],
    "select id1, id2, id3, id4, id5, id6, sum(v3) v3, count(*) n from t group by all",
)
