"""Scenarios, rule sets and cases as dicts, and how they are handed to the library."""

from __future__ import annotations

import copy
import json
import os
from typing import Any, Mapping, Optional, Tuple, Union

from . import _pensim
from ._checks import whole, whole_or_none

Named = Union[str, "os.PathLike[str]"]
Source = Union[str, "os.PathLike[str]", Mapping[str, Any]]


class Document(dict):
    """A scenario or a rule set as a dict; change it freely.

    ``source`` is the file that it was read from (None for what is shipped): faults are reported
    under this name, and files that it names are looked for beside it.
    """

    source: Optional[str]

    def __init__(self, *arguments: Any, source: Optional[str] = None, **members: Any) -> None:
        super().__init__(*arguments, **members)
        self.source = source

    def copy(self) -> "Document":
        """A deep copy: a change of one leaves the other as it was."""
        return copy.deepcopy(self)


def _plain(value: Any) -> Any:
    """NumPy's scalars and arrays as JSON has them."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is nothing that JSON has: {value!r}")


def json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)


def source_of(what: Source, kind: str) -> Tuple[str, str]:
    """The name of a file or of something shipped, with the text of a dict."""
    if not isinstance(what, Mapping):
        return os.fspath(what), ""
    name = getattr(what, "source", None)
    if name is None:
        ident = what.get("id")
        name = f"{ident}.json" if isinstance(ident, str) and ident else f"{kind}.json"
    return name, json_text(what)


def _read_name(name: Named, shipped: bool) -> Optional[str]:
    return None if shipped else os.fspath(name)


def load_scenario(name: Named, data: Optional[Named] = None) -> Document:
    """A scenario as a dict: a shipped one by name (``pensim.scenarios()``), or a file.

    What the scenario extends is merged into it, as the program reads it. Change the dict and pass
    it to `run`, `compare` and so on in place of a name.
    """
    name = os.fspath(name)
    text = _pensim.load_scenario(name, os.fspath(data or ""))
    return Document(json.loads(text), source=_read_name(name, name in _pensim.scenarios()))


def load_rules(name: Named, data: Optional[Named] = None) -> Document:
    """A rule set as a dict (pensim/rules/1): a shipped id (``pensim.rule_sets()``), a file, or
    several joined by "+".

    It is whole: every parameter with all its dated values, those of what it extends included. The
    dict can be changed and passed on wherever a rule set is asked for. Its name is then that of
    its file, or ``ID.json``.
    """
    name = os.fspath(name)
    document = Document(json.loads(_pensim.load_rules(name, os.fspath(data or ""))))
    document.source = name if name.endswith(".json") and "+" not in name else None
    return document


def scenarios() -> list:
    """Names of the shipped scenarios."""
    return _pensim.scenarios()


def rule_sets() -> list:
    """Ids of the shipped rule sets."""
    return _pensim.rule_sets()


def threads_of(threads: Optional[int]) -> int:
    return whole("threads", threads or 0, 0, 4096)


def setting_of(
    scenario: Source,
    rules: Optional[Source] = None,
    persons: Optional[int] = None,
    full: bool = False,
    replicates: Optional[int] = None,
    seed: Optional[int] = None,
    threads: Optional[int] = None,
    data: Optional[Named] = None,
) -> "_pensim.Setting":
    return _pensim.Setting(
        scenario=source_of(scenario, "scenario"),
        rules=None if rules is None else source_of(rules, "rules"),
        persons=whole_or_none("persons", persons, 0, _pensim.persons_max),
        full=bool(full),
        replicates=whole_or_none("replicates", replicates, 1, 100_000),
        seed="" if seed is None else str(seed),
        threads=threads_of(threads),
        data=os.fspath(data or ""),
    )
