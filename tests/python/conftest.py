"""What the tests of the Python package share: the program, and tables as CSV text."""

import os
import subprocess

import numpy as np
import pandas as pd
import pytest


class Program:
    """The program pensim, run in a folder."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *arguments, status=0):
        command = [os.environ["PENSIM_PROGRAM"], *map(str, arguments)]
        ran = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        assert ran.returncode == status, ran.stderr
        return ran


@pytest.fixture
def program(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


def yuan_text(fen):
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02}"


def quoted(text):
    """A field, safe from spreadsheets as the program writes it."""
    text = str(text)
    number = text.replace(".", "", 1).lstrip("+-").isdigit()
    if text[:1] in "=+-@\t\r" and text and not number:
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n\r') else text


def cell_texts(column, frame):
    """Cells of a column as the program's files have them, from numbers in fen."""
    values = frame[column.name]
    none = values.isna()
    if column.kind in ("word", "month"):
        texts = [quoted(v) for v in values.astype(str)]
    elif column.kind == "whole":
        texts = [str(v) for v in values]
    elif column.kind == "yuan":
        texts = ["" if n else yuan_text(int(v)) for v, n in zip(values, none)]
    elif column.kind == "quantity":
        texts = [yuan_text(v) if f else str(v) for v, f in zip(values, column.in_fen())]
    else:
        none = ~np.isfinite(values)
        texts = [f"{v:.{column.decimals}f}" for v in values]
    return ["" if n else text for text, n in zip(texts, none)]


def csv_text(result, name):
    """A DataFrame of a result in the form of its file: from its own cells."""
    table = result.tables.raw(name)
    fen, yuan = result.table(name, money="fen"), result.table(name, money="yuan")
    columns = [cell_texts(c, yuan if c.kind == "real" else fen) for c in table.columns]
    lines = [",".join(c.name for c in table.columns), *map(",".join, zip(*columns))]
    return "\n".join(lines) + "\n"


def expect_same_tables(result, folder, names=None):
    """Every table of a result is the file of the program, byte for byte."""
    files = sorted(p.stem for p in folder.glob("*.csv"))
    tables = sorted(name for name in result.tables if name != "people")
    assert files == tables
    for name in names or tables:
        assert csv_text(result, name) == (folder / f"{name}.csv").read_text(), name


def expect_money_agrees(fen, yuan):
    for name in fen.columns:
        if fen[name].dtype == np.int64 and yuan[name].dtype == np.float64:
            assert (np.round(yuan[name] * 100).astype(np.int64) == fen[name]).all(), name
            assert (yuan[name] == fen[name] / 100).all(), name


def without_clock(text):
    import re

    return re.sub(r'"clock": ?\{[^}]*\}', '"clock": {}', text)


assert pd.__version__
