"""Pension portability between the pooling areas of mainland China: who pays, what moves, and why.

>>> import pensim
>>> run = pensim.run("hmt", persons=10_000)
>>> run.flows.groupby("kind", observed=True)["pooled"].sum()  # yuan, of the simulated lives
"""

from . import _pensim
from ._documents import Document, load_rules, load_scenario, rule_sets, scenarios
from ._errors import BrokenLife, InputError, MachineFault, MoneyOverflow
from ._options import options
from ._run import Run, run

__version__: str = _pensim.version()

__all__ = [
    "BrokenLife",
    "Document",
    "InputError",
    "MachineFault",
    "MoneyOverflow",
    "Run",
    "load_rules",
    "load_scenario",
    "options",
    "rule_sets",
    "run",
    "scenarios",
]
