import sys

# This file has the name of a module that pandas imports.
del sys.path[0]

import pandas

sums = pandas.read_csv(sys.argv[1]).groupby("region").amount.agg(["count", "sum"])
for region, row in sums.iterrows():
    print(f"{region} {int(row['count'])} {row['sum']:.2f}")
