#!/usr/bin/env python3
"""Notebooks as they are stored: without output, without traces of who ran them, cells with ids that stay.

    stored.py NOTEBOOK...     exit 1, with every fault
"""
import json
import pathlib
import re
import sys

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def faults(notebook):
    if (notebook.get("nbformat"), notebook.get("nbformat_minor")) != (4, 5):
        yield "format 4.5 is wanted"
    if notebook["metadata"] != {"kernelspec": KERNEL, "language_info": {"name": "python"}}:
        yield f"metadata of a session: {sorted(notebook['metadata'])}"
    ids = [cell.get("id", "") for cell in notebook["cells"]]
    if len(set(ids)) < len(ids) or not all(re.fullmatch(r"\d\d-[a-z0-9-]+", each) for each in ids):
        yield "each cell needs an id of its own, such as 01-07"
    for cell in notebook["cells"]:
        if cell["metadata"]:
            yield f"cell {cell['id']}: metadata {sorted(cell['metadata'])}"
        if cell["cell_type"] == "code":
            if cell["outputs"] or cell["execution_count"] is not None:
                yield f"cell {cell['id']}: an output is stored; clear it before you commit"
        if not "".join(cell["source"]).strip():
            yield f"cell {cell['id']}: empty"
    if notebook["cells"][0]["cell_type"] != "markdown":
        yield "begin with what the notebook is about"


def main():
    found = 0
    for path in map(pathlib.Path, sys.argv[1:]):
        for fault in faults(json.loads(path.read_text(encoding="utf-8"))):
            print(f"{path.name}: {fault}", file=sys.stderr)
            found += 1
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
