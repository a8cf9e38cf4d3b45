"""Comparisons and sweeps: rule changes tried on the same people."""

from __future__ import annotations

import os
from typing import Any, Iterable, List, Mapping, Optional, Sequence, Union

import pandas as pd

from . import _pensim
from ._checks import language, whole
from ._documents import Named, Source, json_text, setting_of, source_of
from ._progress import Bar, Progress
from ._result import Result
from ._tables import frame_of

Settings = Union[str, Sequence[str], Mapping[str, Iterable[Any]]]


class Comparison(Result):
    """A baseline against reforms: ``flows``, ``flow_totals``, ``locations``, ``areas``,
    ``area_totals``, ``changes``, ``transitions``, ``winners``, ``parameters`` as DataFrames."""

    @property
    def witnesses(self) -> pd.DataFrame:
        """The simplest lives that show each kind of change, with the story of each before and
        after."""
        return self.witnesses_in("en")

    def witnesses_in(self, lang: str) -> pd.DataFrame:
        """``witnesses`` with stories in "en" or "zh"."""
        return frame_of(
            self._made.witnesses(language(lang)), texts=("person", "story_before", "story_after")
        )


class Sweep(Result):
    """Rule parameters over ranges: ``sweep`` (a row a setting and figure) and ``sensitivity`` (a
    row a flow) as DataFrames."""


def compare(
    scenario: Source,
    rules: Union[Source, Sequence[Source], None] = None,
    other: Optional[Source] = None,
    *,
    witnesses: int = 1,
    persons: Optional[int] = None,
    full: bool = False,
    replicates: Optional[int] = None,
    seed: Optional[int] = None,
    threads: Optional[int] = None,
    data: Optional[Named] = None,
    progress: Progress = None,
) -> Comparison:
    """A baseline against reforms on the same people, as ``pensim compare`` does.

    rules      the baseline's rule set and the reforms': names, files or dicts. One alone is a
               reform of the scenario's own rules
    other      a second scenario in place of rules
    witnesses  how many lives show each kind of change

    The other arguments are those of `run`.
    """
    if rules is None:
        rules = []
    elif isinstance(rules, (str, os.PathLike, Mapping)):
        rules = [rules]
    setting = setting_of(scenario, None, persons, full, replicates, seed, threads, data)
    second = ("", "") if other is None else source_of(other, "scenario")
    sources = [source_of(one, "rules") for one in rules]
    kept = whole("witnesses", witnesses, 0, 1000)
    with Bar(progress, "lives") as told:
        return Comparison(_pensim.compare(setting, second, sources, kept, told))


def _value_text(value: Any) -> str:
    return value if isinstance(value, str) else json_text(value)


def _setting_texts(settings: Settings) -> List[str]:
    """PARAMETER=value,value or PARAMETER=from:to:step, as the program takes them."""
    if isinstance(settings, str):
        return [settings]
    if isinstance(settings, Mapping):
        return [
            f"{key}={values if isinstance(values, str) else ','.join(map(_value_text, values))}"
            for key, values in settings.items()
        ]
    return list(settings)


def sweep(
    scenario: Source,
    set: Settings,  # noqa: A002 - as the program calls it
    from_: Optional[str] = None,
    *,
    rules: Optional[Source] = None,
    persons: Optional[int] = None,
    full: bool = False,
    replicates: Optional[int] = None,
    seed: Optional[int] = None,
    threads: Optional[int] = None,
    data: Optional[Named] = None,
    progress: Progress = None,
) -> Sweep:
    """One or two rule parameters over ranges on the same people, as ``pensim sweep`` does.

    set    "place.min_months=60:180:30", a list of such texts, or a mapping of parameters to values:
           ``{"place.min_months": range(60, 181, 30)}``
    from_  the month from which the values hold, "2027-01"; None: for all time

    The other arguments are those of `run`.
    """
    setting = setting_of(scenario, rules, persons, full, replicates, seed, threads, data)
    month = "" if from_ is None else str(from_)
    with Bar(progress, "lives") as told:
        return Sweep(_pensim.sweep(setting, _setting_texts(set), month, told))
