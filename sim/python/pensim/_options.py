"""Defaults of the package."""

from __future__ import annotations

from typing import Optional

MONEY = ("yuan", "fen")


def checked_money(money: str) -> str:
    if money not in MONEY:
        raise ValueError(f'money={money!r}: expected "yuan" or "fen"')
    return money


class Options:
    """``pensim.options``: defaults that hold until they are changed.

    ``money``     how tables show amounts: ``"yuan"`` (the default, as in the CSV files; float64,
                  exact to the fen for any amount below 45 million million yuan) or ``"fen"``
                  (int64, exact)
    ``progress``  whether long calls show a bar: True, False, or None for "on a terminal or in a
                  notebook"
    """

    progress: Optional[bool]

    def __init__(self) -> None:
        self._money = "yuan"
        self.progress = None

    @property
    def money(self) -> str:
        return self._money

    @money.setter
    def money(self, money: str) -> None:
        self._money = checked_money(money)

    def __repr__(self) -> str:
        return f"<pensim.options money={self.money!r} progress={self.progress!r}>"


options = Options()
