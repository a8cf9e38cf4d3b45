#!/usr/bin/env python3
"""Every table of a finished folder, read by pandas with nothing set, against the tables of the run itself.

    read_tables.py FOLDER SUMS.csv     writes what R has to find as well: file,column,kind,rows,empty,sum

Kinds come from the library, not from the text of the file.
"""
import csv
import gzip
import json
import pathlib
import sys

import numpy as np
import pandas as pd

import pensim


def faults(path, table, raw, sums):
    columns = raw.columns
    if list(table.columns) != [column.name for column in columns]:
        yield f"columns {list(table.columns)}"
        return
    for column in columns:
        values = table[column.name]
        number = column.kind not in ("word", "month")
        empty = int(values.isna().sum())
        readable = number and pd.api.types.is_numeric_dtype(values)
        total = float(values.sum()) if readable and empty < len(values) else 0.0
        sums.append([path.name, column.name, "number" if number else "word", len(values), empty, repr(total)])
        if len(values) != raw.rows:
            yield f"{column.name}: {len(values)} rows of {raw.rows}"
        elif empty == len(values):
            continue
        elif number != pd.api.types.is_numeric_dtype(values):
            yield f"{column.name}: read as {values.dtype}, is a {column.kind}"
        elif number:
            own = np.asarray(column.values(), float) / (100.0 if column.kind == "yuan" else 1.0)
            if column.kind == "quantity":
                own = np.where(column.in_fen(), own / 100.0, own)
            missing = np.asarray(column.missing())
            own = own[~missing.astype(bool)] if len(missing) else own[~np.isnan(own)]
            if abs(total - own.sum()) > 1e-9 * np.abs(own).sum() + 0.51 * 10.0**-column.decimals * len(own):
                yield f"{column.name}: sum {total}, is {own.sum()}"


def main():
    folder, sums_path = map(pathlib.Path, sys.argv[1:])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    run = pensim.run(
        manifest["scenario"], rules=manifest["rules"], persons=manifest["persons"], replicates=manifest["replicates"],
        seed=int(manifest["seed"]), microdata=manifest["microdata"], progress=False,
    )
    found, sums = [], []
    files = {path.name.split(".")[0]: path for path in sorted([*folder.glob("*.csv"), *folder.glob("*.csv.gz")])}
    if set(files) != set(run.tables):
        found.append(f"tables {sorted(files)}, the run has {sorted(run.tables)}")
    for name, path in files.items():
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if content != run.csv(name).encode():
            found.append(f"{path.name}: other bytes than the run's")
        found += [
            f"{path.name}: {fault}" for fault in faults(path, pd.read_csv(path), run.tables.raw(name), sums)
        ]
    with open(sums_path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["file", "column", "kind", "rows", "empty", "sum"], *sums])
    print(*found, sep="\n", file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
