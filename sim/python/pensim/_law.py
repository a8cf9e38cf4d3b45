"""The law of single lives and of rule sets: audit, decide, explain; people behind a table."""

from __future__ import annotations

import html
import json
import os
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, Union

import numpy as np
import pandas as pd

from . import _pensim
from ._checks import language, whole, whole_or_none
from ._documents import (
    Document,
    Named,
    Source,
    load_scenario,
    setting_of,
    source_of,
    threads_of,
)
from ._progress import Bar, Progress
from ._tables import HasTables, frame_of


def validate(
    what: Source, rules: Optional[Source] = None, data: Optional[Named] = None
) -> None:
    """Raises InputError with every fault of a scenario, a rule set or cases: a dict, a file, or a
    shipped scenario by name. Of a folder, with those of its data tables."""
    kind = str(what.get("schema", "")).split("/")[1:2] if isinstance(what, Mapping) else []
    source = source_of(what, kind[0] if kind else "scenario")
    _pensim.validate(source, _rules_of(rules), os.fspath(data or ""))


def _rules_of(rules: Optional[Source]) -> Optional[Tuple[str, str]]:
    return None if rules is None else source_of(rules, "rules")


# ---- audit ----


class Audit:
    """What a rule set leaves open: gaps, open ties, dead criteria, instability, one-month cliffs,
    short stays that pay."""

    def __init__(self, made: _pensim.Audit) -> None:
        self._made = made

    @property
    def faulty(self) -> bool:
        """Whether somebody is left without a place."""
        return self._made.faulty

    @property
    def findings(self) -> pd.DataFrame:
        """A row a finding, the gravest first. ``gain`` and ``least``, ``most`` are amounts a
        month."""
        return self.findings_in("en")

    def findings_in(self, lang: str, money: Optional[str] = None) -> pd.DataFrame:
        """``findings`` in "en" or "zh"; ``money`` as in `Run.table`."""
        texts = ("id", "sentence", "witness", "changed")
        return frame_of(self._made.findings(language(lang)), money, texts=texts)

    def text(self, lang: str = "en") -> str:
        """All of it, as the program prints it."""
        return self._made.text(language(lang))

    @property
    def json(self) -> Dict[str, Any]:
        """All of it, with the witnesses (pensim/audit/1)."""
        return json.loads(self._made.json())

    @property
    def cases(self) -> Dict[str, Any]:
        """The witnesses as cases (pensim/cases/1), which `explain` takes."""
        return json.loads(self._made.cases())

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<pensim.Audit: {self.text().splitlines()[0]}>"


def audit(
    rules: Source,
    *,
    spells: Optional[int] = None,
    threads: Optional[int] = None,
    data: Optional[Named] = None,
    progress: Progress = None,
) -> Audit:
    """Tries a rule set on every life around its limits, as ``pensim audit`` does.

    spells  the most spells of a career; fewer are quicker
    """
    most = _pensim.spells_max if spells is None else spells
    most = whole("spells", most, 1, _pensim.spells_max)
    with Bar(progress, "settings") as told:
        return Audit(
            _pensim.audit(
                source_of(rules, "rules"), most, threads_of(threads), os.fspath(data or ""), told
            )
        )


# ---- decide ----


def _cell_text(value: Any) -> str:
    """A cell as it stands in a CSV file."""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m")
    return str(value)


def _columns(frame: pd.DataFrame) -> List[Tuple[str, np.ndarray, List[str]]]:
    """Each distinct cell of a column once, as text."""
    columns = []
    for name, column in frame.items():
        codes, values = pd.factorize(column)
        texts = [_cell_text(value) for value in values]
        columns.append((str(name), codes.astype(np.int32, copy=False), texts))
    return columns


def _frame(name: str, frame: pd.DataFrame) -> _pensim.Frame:
    return _pensim.Frame(name, _columns(frame), len(frame))


class Decision(HasTables):
    """Outcomes of many lives: ``outcomes`` (a row a person, in their order), ``transfers``,
    ``refunds`` and ``errors`` (faults, with the row of the DataFrame, from 0) as DataFrames."""

    def __init__(self, arguments: Dict[str, Any], tables: List[Any], failed: int) -> None:
        super().__init__(lambda: tables)
        self._arguments = arguments
        self.failed = failed

    def table(
        self, name: str, money: Optional[str] = None, weighted: bool = False
    ) -> pd.DataFrame:
        texts = ("id", "column", "message") if name == "errors" else ("id",)
        frame = frame_of(self.tables.raw(name), money, weighted, texts)
        for column, values in self._arguments["kept"].items() if name == "outcomes" else ():
            frame[column] = values
        return frame

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.table(name)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in self.__dict__.get("tables", {}):
            return self.table(name)
        raise AttributeError(f"'Decision' has no attribute {name!r}")

    @property
    def json(self) -> List[Dict[str, Any]]:
        """The outcomes whole, one dict a person (pensim/outcomes/1): with months by area, basis in
        law, transfers. They are decided again."""
        made = _decide(self._arguments, True, None)
        return json.loads(made[2])["outcomes"]

    def __repr__(self) -> str:
        rows = self.tables.raw("outcomes").rows
        return f"<pensim.Decision: {rows} persons, {self.failed} with errors>"


def _decide(arguments: Dict[str, Any], as_json: bool, told: Any) -> Any:
    return _pensim.decide(
        arguments["persons"],
        arguments["records"],
        arguments["rules"],
        arguments["keep_columns"],
        as_json,
        arguments["threads"],
        arguments["data"],
        told,
    )


def decide(
    persons: pd.DataFrame,
    records: pd.DataFrame,
    rules: Source = "law",
    *,
    keep_columns: bool = False,
    threads: Optional[int] = None,
    data: Optional[Named] = None,
    progress: Progress = None,
) -> Decision:
    """Decides many lives, as ``pensim decide --persons P.csv --records R.csv`` does.

    persons  columns id, group, sex, birth, and any of those of persons.csv
    records  columns person_id, area, from, to, base, and any of those of records.csv
    keep_columns  further columns of persons go on to ``outcomes``

    Cells may be texts as in the CSV files, numbers, flags, categories, months as periods or
    timestamps; an empty cell is NaN, None or "". A person with a fault has the status "error" and
    rows in ``errors``; the others are decided.
    """
    arguments = {
        "persons": _frame("persons", persons),
        "records": _frame("records", records),
        "rules": source_of(rules, "rules"),
        "keep_columns": keep_columns,
        "threads": threads_of(threads),
        "data": os.fspath(data or ""),
    }
    with Bar(progress, "persons") as told:
        tables, failed, _ = _decide(arguments, False, told)
    known = _pensim.person_columns() if keep_columns else None
    arguments["kept"] = (
        {}
        if known is None
        else {c: persons[c].array for c in persons.columns if str(c) not in known}
    )
    return Decision(arguments, tables, failed)


# ---- explain ----


class Story:
    """One person's story: ``str()`` is the text; a notebook shows the page."""

    def __init__(self, told: Callable[[bool], Tuple[str, str]]) -> None:
        self._told = told
        self.text = told(False)[0]

    @property
    def html(self) -> str:
        """A page of its own: the answer, a timeline, the story, rules and texts."""
        return self._told(True)[1]

    def _repr_html_(self) -> str:
        page = html.escape(self.html, quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%;height:40em;border:0"></iframe>'

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


def explain(
    source: Union[Source, None] = None,
    person: Union[int, str, Mapping[str, Any], None] = None,
    *,
    replicate: int = 0,
    seed: Optional[int] = None,
    rules: Optional[Source] = None,
    data: Optional[Named] = None,
    lang: str = "en",
) -> Story:
    """The story of one person, each step with month, amount and article, as ``pensim explain``.

    source  a scenario (name, file or dict), whose ``person`` has a number; or cases (name, file or
            dict of pensim/cases/1), whose ``person`` has an id. None where ``person`` is a dict
    person  the number or id; or a history as a dict, as in the persons of a case file
    """
    simulated = False
    if isinstance(person, Mapping):
        case_file = {"schema": "pensim/cases/1", "persons": [person]}
        if rules is None and source is not None:
            scenario = source if isinstance(source, Mapping) else load_scenario(source, data)
            rules = scenario.get("rules")
        named, who = source_of(case_file, "cases"), ""
    else:
        if source is None:
            raise TypeError("explain() needs a scenario, cases, or a person as a dict")
        kind = "cases" if _is_case_file(source) else "scenario"
        simulated = kind == "scenario"
        named, who = source_of(source, kind), "" if person is None else str(person)
    language(lang)
    replicate = whole("replicate", replicate, 0, 99_999)
    number = "" if seed is None else str(seed)
    folder = os.fspath(data or "")

    def told(page: bool) -> Tuple[str, str]:
        own = _rules_of(rules)
        return _pensim.explain(named, simulated, who, replicate, number, own, folder, lang, page)

    return Story(told)


def _is_case_file(source: Source) -> bool:
    return isinstance(source, Mapping) and str(source.get("schema", "")).startswith("pensim/cases/")


# ---- people of a scenario ----


def who(
    scenario: Source,
    *,
    year: Optional[int] = None,
    from_: Optional[str] = None,
    to: Optional[str] = None,
    kind: Optional[str] = None,
    replicate: int = 0,
    limit: int = 20,
    rules: Optional[Source] = None,
    persons: Optional[int] = None,
    full: bool = False,
    seed: Optional[int] = None,
    threads: Optional[int] = None,
    data: Optional[Named] = None,
    money: Optional[str] = None,
    progress: Progress = None,
) -> pd.DataFrame:
    """The people behind a cell of ``flows``, as ``pensim who`` does: a row a transfer.

    ``attrs`` of the DataFrame tells of all that match: transfers, account and pooled money in fen.
    """
    setting = setting_of(scenario, rules, persons, full, None, seed, threads, data)
    with Bar(progress, "lives") as told:
        table, transfers, account, pooled = _pensim.who(
            setting,
            whole_or_none("year", year, 0, 9999),
            from_ or "",
            to or "",
            kind or "",
            whole("replicate", replicate, 0, 99_999),
            whole("limit", limit, 0, 2**62),
            told,
        )
    frame = frame_of(table, money)
    frame.attrs.update(transfers=transfers, account_fen=account, pooled_fen=pooled)
    return frame


def sample(
    scenario: Source,
    persons: int = 10,
    *,
    first: int = 0,
    replicate: int = 0,
    rules: Optional[Source] = None,
    seed: Optional[int] = None,
    data: Optional[Named] = None,
) -> Document:
    """Simulated people as cases (pensim/cases/1), as ``pensim sample`` does."""
    setting = setting_of(scenario, rules, None, False, None, seed, None, data)
    number = whole("persons", persons, 1, _pensim.persons_max)
    begin = whole("first", first, 0, _pensim.persons_max)
    replicate = whole("replicate", replicate, 0, 99_999)
    return Document(json.loads(_pensim.sample(setting, number, begin, replicate)))
