"""Runs of a scenario."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterable, Optional

from . import _pensim
from ._checks import whole
from ._documents import Named, Source, setting_of
from ._progress import Bar, Progress
from ._result import Result


class Run(Result):
    """What a run found: ``flows``, ``locations``, ``areas``, ``distributions``, the tables of the
    network, ``calibration``, and with ``microdata=True`` ``people``, as DataFrames.

    ``tables`` maps names to DataFrames. Each access makes a DataFrame over the same memory.
    """

    @property
    def manifest(self) -> Dict[str, Any]:
        """What makes the run what it is: scenario and rules whole, seed, digests of the tables."""
        return json.loads(self._made.manifest())

    @property
    def digests(self) -> Dict[str, str]:
        """SHA-256 of each table's file."""
        return dict(self._made.digests())

    @property
    def reached(self) -> bool:
        """Whether the precision asked for with ``until`` was reached."""
        return self._made.reached


def run(
    scenario: Source,
    rules: Optional[Source] = None,
    *,
    persons: Optional[int] = None,
    full: bool = False,
    replicates: Optional[int] = None,
    seed: Optional[int] = None,
    threads: Optional[int] = None,
    until: Optional[str] = None,
    suppress_below: int = 0,
    microdata: bool = False,
    graph_years: Iterable[int] = (),
    data: Optional[Named] = None,
    progress: Progress = None,
) -> Run:
    """Simulates a scenario's people, as ``pensim run`` does.

    scenario        a shipped scenario by name, a file, or a dict (`load_scenario`)
    rules           a rule set in place of the scenario's own: id, file, several joined by "+", dict
    persons, full   how many lives are simulated; or one for each person
    replicates      populations drawn; tables then have means with their errors
    seed, threads   in place of the scenario's own; results do not depend on the threads
    until           stop at a precision, such as "flows.total:1%"
    suppress_below  hides numbers of fewer people
    microdata       keep a row for each life, in ``people``
    graph_years     years whose networks `Run.save` writes as files
    data            folder with data tables that replace the shipped ones
    progress        True, False, None (see `options`) or a function of (done, total)
    """
    setting = setting_of(scenario, rules, persons, full, replicates, seed, threads, data)
    hidden = whole("suppress_below", suppress_below, 0, 1_000_000)
    years = [whole("graph_years", year, 0, 9999) for year in graph_years]
    with Bar(progress, "lives") as told:
        return Run(_pensim.run(setting, until or "", bool(microdata), hidden, years, told))
