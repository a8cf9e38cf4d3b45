"""What runs, comparisons and sweeps have in common."""

from __future__ import annotations

import os
from typing import Any

from ._checks import language
from ._documents import Named
from ._tables import HasTables


class Result(HasTables):
    """Tables, and what the program prints and writes of them."""

    def __init__(self, made: Any) -> None:
        super().__init__(made.tables)
        self._made = made

    def summary(self, lang: str = "en") -> str:
        """What came of it at a glance, as the program prints it. ``lang``: "en" or "zh"."""
        return self._made.summary(language(lang))

    def save(self, folder: Named, lang: str = "en", report: bool = True) -> None:
        """Writes the folder that the program's ``-o`` writes: tables, manifest, report.html and
        results.xlsx (both left out with ``report=False``). It appears when it is whole."""
        self._made.save(os.fspath(folder), language(lang), report)

    def __repr__(self) -> str:
        return f"<pensim.{type(self).__name__}: {', '.join(self.tables)}>"
