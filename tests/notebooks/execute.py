#!/usr/bin/env python3
"""Executes notebooks as an analyst would, cell by cell, and keeps what came of them.

    execute.py FOLDER NOTEBOOK...     FOLDER receives the executed notebook and its charts

Stops at the first cell that raises. Needs nbclient and ipykernel.
"""
import base64
import pathlib
import sys
import time

import nbclient
import nbformat

SECONDS_A_CELL = 600


def charts_of(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            image = output.get("data", {}).get("image/png")
            if image:
                yield cell.id, base64.b64decode(image)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for path in map(pathlib.Path, sys.argv[2:]):
        notebook = nbformat.read(path, as_version=4)
        start = time.perf_counter()
        client = nbclient.NotebookClient(
            notebook, timeout=SECONDS_A_CELL, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
        )
        try:
            client.execute()
        finally:
            nbformat.write(notebook, folder / path.name)
        number = 0
        for number, (cell, image) in enumerate(charts_of(notebook), 1):
            (folder / f"{path.stem}-{number}.png").write_bytes(image)
        print(f"{path.name}: {time.perf_counter() - start:.1f} s, {number} charts")


if __name__ == "__main__":
    main()
