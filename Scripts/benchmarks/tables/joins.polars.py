import sys, time
import polars as pl

left, small, medium, big = [pl.read_csv(path) for path in sys.argv[1:5]]


def question(name, other, on, how="inner"):
    start = time.perf_counter()
    result = left.lazy().join(other.lazy(), on=on, how=how).collect()
    rows = result.height
    seconds = time.perf_counter() - start
    check = sum(float(result[column].sum()) for column in ["v1", "v2"])
    print(f"{name} {seconds:.4f} {rows} {check:.4f}")


question("j1", small, "id1")
question("j2", medium, "id2")
question("j3", medium, "id2", "left")
question("j4", medium, "id5")
question("j5", big, "id3")
