"""What arguments may be, where the library takes the program's word for it."""

from __future__ import annotations

import operator
from typing import Any, Optional

from ._errors import InputError


def whole(name: str, value: Any, low: int, high: int) -> int:
    """A whole number of any type, in range."""
    try:
        number = operator.index(value)
    except TypeError:
        number = low - 1
    if not low <= number <= high:
        what = f"{value!r}: expected a whole number from {low} to {high}"
        raise InputError(f"{name}: {what}", [(name, what)])
    return number


def whole_or_none(name: str, value: Any, low: int, high: int) -> Optional[int]:
    return None if value is None else whole(name, value, low, high)


def language(lang: str) -> str:
    if lang not in ("en", "zh"):
        raise ValueError(f'lang={lang!r}: expected "en" or "zh"')
    return lang
