import sys, time
import duckdb

path, stations = sys.argv[1:3]
base = duckdb.connect()


def question(name, columns, query):
    start = time.perf_counter()
    base.execute(f"create or replace temp table {name}_ as {query}")
    rows = base.execute(f"select count(*) from {name}_").fetchone()[0]
    seconds = time.perf_counter() - start
    sums = base.execute("select " + ", ".join(f"sum({c})" for c in columns) + f" from {name}_").fetchone()
    print(f"{name} {seconds:.4f} {rows} {float(sum(sums)):.4f}")


question("read", ["v1", "v3"], f"select * from read_csv('{path}')")
question(
    "pipeline",
    ["total"],
    f"select id1, sum(v2 * v3) total from read_csv('{path}') where v1 > 2 group by id1",
)
question("sort", ["v3"], "select * from read_ order by v3")
question("sort2", ["v3"], "select * from read_ order by id4, v3")
question(
    "stations",
    ["least", "average", "most"],
    "select station, min(temperature) least, avg(temperature) average, max(temperature) most "
    f"from read_csv('{stations}') group by station",
)
