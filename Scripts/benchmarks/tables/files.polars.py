import sys, time
import polars as pl

path, stations = sys.argv[1:3]
c = pl.col


def question(name, columns, answer):
    start = time.perf_counter()
    result = answer()
    rows = result.height
    seconds = time.perf_counter() - start
    check = sum(float(result[column].sum()) for column in columns)
    print(f"{name} {seconds:.4f} {rows} {check:.4f}")
    return result


table = question("read", ["v1", "v3"], lambda: pl.read_csv(path))
question(
    "pipeline",
    ["total"],
    lambda: pl.scan_csv(path)
    .filter(c("v1") > 2)
    .group_by("id1")
    .agg(total=(c("v2") * c("v3")).sum())
    .collect(),
)
question("sort", ["v3"], lambda: table.sort("v3"))
question("sort2", ["v3"], lambda: table.sort("id4", "v3"))
question(
    "stations",
    ["least", "average", "most"],
    lambda: pl.scan_csv(stations)
    .group_by("station")
    .agg(
        least=c("temperature").min(), average=c("temperature").mean(), most=c("temperature").max()
    )
    .collect(),
)
