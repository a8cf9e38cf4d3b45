"""Pension portability between the pooling areas of mainland China: who pays, what moves, and why.

>>> import pensim
>>> run = pensim.run("hmt", persons=10_000)
>>> run.flows.groupby("kind", observed=True)["pooled"].sum()  # yuan, of the simulated lives
"""

from . import _pensim
from ._compare import Comparison, Sweep, compare, sweep
from ._documents import Document, load_rules, load_scenario, rule_sets, scenarios
from ._errors import BrokenLife, InputError, MachineFault, MoneyOverflow
from ._law import Audit, Decision, Story, audit, decide, explain, sample, validate, who
from ._options import options
from ._run import Run, run

__version__: str = _pensim.version()

__all__ = [
    "Audit",
    "BrokenLife",
    "Comparison",
    "Decision",
    "Document",
    "InputError",
    "MachineFault",
    "MoneyOverflow",
    "Run",
    "Story",
    "Sweep",
    "__version__",
    "audit",
    "compare",
    "decide",
    "explain",
    "load_rules",
    "load_scenario",
    "options",
    "rule_sets",
    "run",
    "sample",
    "scenarios",
    "sweep",
    "validate",
    "who",
]
