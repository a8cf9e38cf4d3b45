"""What goes wrong, as exceptions with the texts that the program prints."""

from __future__ import annotations

from typing import List, Sequence, Tuple


class InputError(ValueError):
    """Wrong input. Its text has a line for each fault: place, what is wrong, what was expected.

    ``problems`` has the same as pairs of place and message.
    """

    problems: List[Tuple[str, str]]

    def __init__(self, text: str, problems: Sequence[Tuple[str, str]] = ()) -> None:
        super().__init__(text)
        self.problems = list(problems)


class MoneyOverflow(ArithmeticError):
    """A sum of money does not fit into 64 bits of fen."""


class BrokenLife(RuntimeError):
    """The books of a run are wrong: a bug of pensim."""


class MachineFault(OSError):
    """The machine failed: a disk is full, a file cannot be written."""
