import sys, time
import duckdb

base = duckdb.connect()
for name, path in zip(["l", "small", "medium", "big"], sys.argv[1:5]):
    base.execute(f"create table {name} as select * from read_csv('{path}')")


def question(name, other, on, kind="inner"):
    start = time.perf_counter()
    base.execute(f"create or replace temp table answer as select * from l {kind} join {other} using ({on})")
    rows = base.execute("select count(*) from answer").fetchone()[0]
    seconds = time.perf_counter() - start
    sums = base.execute("select sum(v1), sum(v2) from answer").fetchone()
    print(f"{name} {seconds:.4f} {rows} {float(sum(sums)):.4f}")


question("j1", "small", "id1")
question("j2", "medium", "id2")
question("j3", "medium", "id2", "left")
question("j4", "medium", "id5")
question("j5", "big", "id3")
