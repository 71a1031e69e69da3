import sys, time
import polars as pl

table = pl.read_csv(sys.argv[1])
c = pl.col


def question(name, columns, answer):
    start = time.perf_counter()
    result = answer(table.lazy()).collect()
    rows = result.height
    seconds = time.perf_counter() - start
    check = sum(float(result[column].sum()) for column in columns)
    print(f"{name} {seconds:.4f} {rows} {check:.4f}")


question("q1", ["v1"], lambda t: t.group_by("id1").agg(c("v1").sum()))
question("q2", ["v1"], lambda t: t.group_by("id1", "id2").agg(c("v1").sum()))
question("q3", ["v1", "v3"], lambda t: t.group_by("id3").agg(c("v1").sum(), c("v3").mean()))
question("q4", ["v1", "v2", "v3"], lambda t: t.group_by("id4").agg(c("v1", "v2", "v3").mean()))
question("q5", ["v1", "v2", "v3"], lambda t: t.group_by("id6").agg(c("v1", "v2", "v3").sum()))
question(
    "q6",
    ["median", "std"],
    lambda t: t.group_by("id4", "id5").agg(median=c("v3").median(), std=c("v3").std()),
)
question("q7", ["range"], lambda t: t.group_by("id3").agg(range=c("v1").max() - c("v2").min()))
question(
    "q8",
    ["v3"],
    lambda t: t.group_by("id6").agg(c("v3").top_k(2)).explode("v3"),
)
question("q9", ["r2"], lambda t: t.group_by("id2", "id4").agg(r2=pl.corr("v1", "v2") ** 2))
question(
    "q10",
    ["v3", "n"],
    lambda t: t.group_by("id1", "id2", "id3", "id4", "id5", "id6").agg(c("v3").sum(), n=pl.len()),
)
