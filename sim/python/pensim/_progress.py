"""Progress bars of long calls."""

from __future__ import annotations

import sys
import time
import warnings
from typing import Any, Callable, Optional, Union

from ._options import options

Progress = Union[None, bool, Callable[[int, int], Any]]

_SILENT_FIRST = 0.5  # seconds; what is over by then needs no bar


def _in_notebook() -> bool:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return shell is not None and hasattr(shell, "kernel")


def _wanted(progress: Progress) -> Progress:
    if progress is None:
        progress = options.progress
    if progress is None:
        return _in_notebook() or sys.stderr.isatty()
    return progress


class Bar:
    """What the library tells, shown by tqdm or handed to a function of the caller's.

    ``with Bar(progress, "lives") as told: library_call(..., told)``
    """

    def __init__(self, progress: Progress, unit: str) -> None:
        self._progress = _wanted(progress)
        self._unit = unit
        self._start = time.monotonic()
        self._bar: Any = None

    def __enter__(self) -> Optional[Callable[[int, int, int], None]]:
        if self._progress is False:
            return None
        return self._show if self._progress is True else self._call

    def __exit__(self, *error: Any) -> None:
        if self._bar is not None:
            self._bar.close()

    def _call(self, done: int, total: int, count: int) -> None:
        if callable(self._progress):
            self._progress(done, total)

    def _show(self, done: int, total: int, count: int) -> None:
        if self._bar is None:
            if time.monotonic() - self._start < _SILENT_FIRST:
                return
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of a notebook without widgets
                from tqdm.auto import tqdm
            self._bar = tqdm(
                total=total, unit=f" {self._unit}", unit_scale=True, leave=False, file=None
            )
        self._bar.total = total
        self._bar.update(done - self._bar.n)
