"""Makes the tables of the db-benchmark (groups and joins), with other random values: make_data.py ROWS DIRECTORY

groups.csv has three columns of names (100, 100 and ROWS / 100 different ones), three of ints alike, two of
small ints and one of floats. left.csv is joined with small.csv, medium.csv and big.csv, of ROWS / 10^6,
ROWS / 10^3 and ROWS rows, of whose keys nine in ten are in both. stations.csv has a name and a number a line.
"""
import os
import sys

import numpy as np
import polars as pl

rows, directory = int(float(sys.argv[1])), sys.argv[2]
random = np.random.default_rng(42)


def write(name, columns):
    pl.DataFrame(columns).write_csv(os.path.join(directory, name), float_precision=6)


def names(numbers, width):
    return pl.Series(numbers).cast(pl.String).str.zfill(width).str.replace("^", "id")


few, many = 100, max(1, rows // 100)
write(
    "groups.csv",
    {
        "id1": names(random.integers(1, few + 1, rows), 3),
        "id2": names(random.integers(1, few + 1, rows), 3),
        "id3": names(random.integers(1, many + 1, rows), 10),
        "id4": random.integers(1, few + 1, rows),
        "id5": random.integers(1, few + 1, rows),
        "id6": random.integers(1, many + 1, rows),
        "v1": random.integers(1, 6, rows),
        "v2": random.integers(1, 16, rows),
        "v3": np.round(random.uniform(0, 100, rows), 6),
    },
)

sizes = {"small": max(10, rows // 10**6), "medium": max(10, rows // 10**3), "big": rows}
# Of a tenth more keys than a table has rows, each side has nine in ten.
keys = {name: random.permutation(size * 11 // 10) + 1 for name, size in sizes.items()}
left = {
    key: random.choice(keys[name][: sizes[name]], rows)
    for key, name in [("id1", "small"), ("id2", "medium"), ("id3", "big")]
}
for key, source in [("id4", "id1"), ("id5", "id2"), ("id6", "id3")]:
    left[key] = names(left[source], 1)
left["v1"] = np.round(random.uniform(0, 100, rows), 6)
write("left.csv", left)
for name, own in [("small", ["id1"]), ("medium", ["id1", "id2"]), ("big", ["id1", "id2", "id3"])]:
    size = sizes[name]
    shared = keys[name][-size:]
    columns = {
        key: shared if key == own[-1] else random.choice(keys[["small", "medium"][i]], size)
        for i, key in enumerate(own)
    }
    for key in own:
        columns["id" + str(int(key[2]) + 3)] = names(columns[key], 1)
    columns["v2"] = np.round(random.uniform(0, 100, size), 6)
    write(name + ".csv", columns)

stations = np.array([f"Station {i}" for i in range(413)])
write(
    "stations.csv",
    {
        "station": stations[random.integers(0, len(stations), rows)],
        "temperature": np.round(random.normal(12, 10, rows), 1),
    },
)
