"""Tables of the library as DataFrames, over the memory in which they are."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Callable, Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np
import pandas as pd

from . import _pensim
from ._options import checked_money, options

_NO_MONTH = np.iinfo(np.int64).min  # as pandas has it


def _categorical(codes: np.ndarray, words: List[str]) -> pd.Categorical:
    codes = codes.view(np.int32)
    if len(set(words)) < len(words):  # words that are alike are one category
        first = {word: number for number, word in enumerate(dict.fromkeys(words))}
        codes = np.array([first[word] for word in words], np.int32)[codes]
        words = list(first)
    if "" in words:  # no word: nothing
        empty = words.index("")
        words = words[:empty] + words[empty + 1 :]
        codes = np.where(codes == empty, -1, codes - (codes > empty))
    return pd.Categorical.from_codes(codes, categories=words)


@functools.lru_cache(maxsize=32)
def _ordinals(words: Tuple[str, ...]) -> np.ndarray:
    return np.array(
        [(int(w[:4]) - 1970) * 12 + int(w[5:]) - 1 if w else _NO_MONTH for w in words], np.int64
    )


def _months(codes: np.ndarray, words: List[str]) -> pd.arrays.PeriodArray:
    return pd.arrays.PeriodArray(_ordinals(tuple(words))[codes], dtype="period[M]")


def _maybe(numbers: np.ndarray, missing: np.ndarray):
    """Whole numbers, some of them missing."""
    if len(missing) == 0:
        return numbers
    return pd.arrays.IntegerArray(numbers, missing.view(np.bool_))


def _amounts(column: _pensim.Column, in_yuan: bool):
    fen, missing = column.values(), column.missing()
    if not in_yuan:
        return _maybe(fen, missing)
    yuan = fen / 100.0
    if len(missing):
        yuan[missing.view(np.bool_)] = np.nan
    return yuan


def _quantities(column: _pensim.Column, in_yuan: bool) -> np.ndarray:
    numbers = column.values()
    return np.where(column.in_fen(), numbers / 100.0, numbers) if in_yuan else numbers


def _reals(column: _pensim.Column, in_yuan: bool, rows_in_yuan: Optional[np.ndarray]) -> np.ndarray:
    numbers = column.values()
    if in_yuan:
        return numbers
    if column.unit == "yuan":
        return numbers * 100.0
    if rows_in_yuan is not None and column.weighted:
        return np.where(rows_in_yuan, numbers * 100.0, numbers)
    return numbers


def _rows_in_yuan(columns: List[_pensim.Column]) -> Optional[np.ndarray]:
    """In a table whose rows count different things, those that count money."""
    units = next((c for c in columns if c.name == "unit" and c.kind == "word"), None)
    if units is None or "yuan" not in units.words:
        return None
    return units.values() == units.words.index("yuan")


def frame_of(
    table: _pensim.Table,
    money: Optional[str] = None,
    weighted: bool = False,
    texts: Sequence[str] = (),
) -> pd.DataFrame:
    """Words are categories, months periods, whole numbers int64, other numbers float64. Columns
    named in `texts` hold strings."""
    in_yuan = checked_money(money or options.money) == "yuan"
    if weighted:
        table = table.weighted()
    columns = table.columns
    rows_in_yuan = _rows_in_yuan(columns)
    data = {}
    for column in columns:
        kind = column.kind
        if column.name in texts:
            data[column.name] = np.array(column.words, object)[column.values()]
        elif kind == "word":
            data[column.name] = _categorical(column.values(), column.words)
        elif kind == "month":
            data[column.name] = _months(column.values(), column.words)
        elif kind == "whole":
            data[column.name] = _maybe(column.values(), column.missing())
        elif kind == "yuan":
            data[column.name] = _amounts(column, in_yuan)
        elif kind == "quantity":
            data[column.name] = _quantities(column, in_yuan)
        else:
            data[column.name] = _reals(column, in_yuan, rows_in_yuan)
    return pd.DataFrame(data, index=pd.RangeIndex(table.rows), copy=False)


class Tables(Mapping):
    """Tables by name, each made into a DataFrame when it is asked for."""

    def __init__(self, tables: List[_pensim.Table]) -> None:
        self._tables: Dict[str, _pensim.Table] = {table.name: table for table in tables}

    def raw(self, name: str) -> _pensim.Table:
        """The table as the library has it."""
        try:
            return self._tables[name]
        except KeyError:
            names = ", ".join(self._tables)
            raise KeyError(f"no table {name!r}; there are {names}") from None

    def __getitem__(self, name: str) -> pd.DataFrame:
        return frame_of(self.raw(name))

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} ({table.rows})" for name, table in self._tables.items())
        return f"<pensim tables: {sizes}>"


class HasTables:
    """Tables of a result, as attributes and by name."""

    def __init__(self, tables: Callable[[], List[_pensim.Table]]) -> None:
        self.tables = Tables(tables())

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        tables = self.__dict__.get("tables", {})
        if name in tables:
            return tables[name]
        raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")

    def __dir__(self) -> List[str]:
        return [*super().__dir__(), *self.tables]

    def table(
        self, name: str, money: Optional[str] = None, weighted: bool = False
    ) -> pd.DataFrame:
        """A table as a DataFrame.

        money     "yuan" (float64) or "fen" (int64); None for ``pensim.options.money``
        weighted  False: the simulated lives, exact, with their weight in the last column. True:
                  what they stand for, people and amounts rounded to whole ones.

        Numbers stay where the library has them and are read only; ``.copy()`` gives a DataFrame
        of one's own.
        """
        return frame_of(self.tables.raw(name), money, weighted)

    def csv(self, name: str) -> str:
        """A table as the text of its CSV file."""
        return self.tables.raw(name).csv()
