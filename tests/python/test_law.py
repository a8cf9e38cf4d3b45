import json
import pathlib

import numpy as np
import pandas as pd
import pytest
from conftest import csv_text

import pensim

CASES = pathlib.Path(__file__).parents[2] / "scenarios/cases"


# ---- decide ----


def histories():
    """Two DataFrames: good lives, and lives with every sort of fault."""
    persons = pd.DataFrame(
        [
            ("a", "hong_kong", "male", "1966-05", None, "", "depart 2026-06", "x"),
            ("b", "mainland", "female", "1975-01", "BJ", "", "", "y"),
            ("c", "mainland", "female", "1980-13", "BJ", "", "", "z"),
            ("d", "martian", "male", "1966-05", "", "", "", ""),
            ("e", "foreign", "male", "1960-02", "", "DEU", "terminate 2020-01", ""),
            ("b", "taiwan", "male", "1966-05", "", "", "", ""),
            ("f", "hong_kong", "male", "1964-05", "", "", "death 2015-03", ""),
        ],
        columns=["id", "group", "sex", "birth", "hukou", "nationality", "events", "remark"],
    )
    records = pd.DataFrame(
        [
            ("a", "GD", "2008-01", "2016-12", 5200.0, "employed"),
            ("a", "SH", "2017-01", "2026-05", 9800.5, "flexible"),
            ("b", "BJ", "1998-01", "2012-12", 3000.25, None),
            ("nobody", "BJ", "1998-01", "2012-12", 3000.25, None),
            ("b", "HA", "2012-06", "2020-12", 4000, None),
            ("c", "GDD", "2000-01", "1999-12", 1.0, None),
            ("e", "SH", "2010-01", "2019-12", 20000, None),
            ("f", "FJ", "2000-01", "2014-12", 2000, "employed"),
            ("a", "FJ", "2005-01", "2007-12", 2500, "employed"),
        ],
        columns=["person_id", "area", "from", "to", "base", "kind"],
    )
    return persons, records


def decided_by_program(program, persons, records, *options, status=0):
    persons.to_csv("persons.csv", index=False)
    records.to_csv("records.csv", index=False)
    files = ["--persons", "persons.csv", "--records", "records.csv"]
    program("decide", *files, *options, "-o", "decided", status=status)
    return program.folder / "decided"


def test_outcomes_are_those_of_the_program(program):
    persons, records = histories()
    folder = decided_by_program(program, persons, records, status=2)
    decision = pensim.decide(persons, records)
    for name in ("outcomes", "transfers", "refunds"):
        assert csv_text(decision, name) == (folder / f"{name}.csv").read_text(), name
    assert decision.outcomes.status[2] == "error"
    assert decision.outcomes.settlement_month.dtype == "period[M]"
    assert decision.table("outcomes", money="fen").account_balance.dtype == "Int64"
    assert decision.failed == 4
    theirs = pd.read_csv(folder / "errors.csv", keep_default_na=False)
    mine = decision.errors
    assert sorted(mine.message) == sorted(theirs.message)
    # The line of a file is the row of the DataFrame, after the header.
    assert sorted(zip(mine.row + 2, mine.column)) == sorted(zip(theirs.line, theirs.column))


def test_other_types_of_cells(program):
    persons, records = histories()
    expected = pensim.decide(persons, records)
    persons["group"] = persons["group"].astype("category")
    persons = persons.iloc[[0, 1, 4, 5, 6]]
    records = records.drop(index=[3, 5])
    records["from"] = pd.PeriodIndex(records["from"], freq="M")
    records["to"] = pd.to_datetime(records["to"])
    records["transfer"] = True
    records["months"] = np.nan
    decision = pensim.decide(persons, records, threads=1)
    columns = ["id", "status", "benefit_area", "pension_monthly"]
    wanted = expected.outcomes.iloc[[0, 1, 4, 5, 6]][columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(decision.outcomes[columns], wanted)


def test_outcomes_as_dicts(program):
    persons, records = histories()
    persons.to_csv("persons.csv", index=False)
    records.to_csv("records.csv", index=False)
    decision = pensim.decide(persons, records)
    ran = program("decide", "--persons", "persons.csv", "--records", "records.csv", status=2)
    theirs = [json.loads(line) for line in ran.stdout.splitlines()]
    good = [o for o in theirs if "status" in o]
    assert good == [o for o in decision.json if "status" in o]
    assert [o["id"] for o in decision.json] == list(persons.id)


def test_kept_columns(program):
    persons, records = histories()
    persons["number"] = np.arange(len(persons))
    decision = pensim.decide(persons, records, keep_columns=True)
    assert decision.outcomes.remark.tolist() == persons.remark.tolist()
    assert decision.outcomes.number.dtype == persons.number.dtype
    persons["status"] = "mine"
    with pytest.raises(pensim.InputError, match='column "status" cannot be kept'):
        pensim.decide(persons, records, keep_columns=True)


def test_faults_of_the_tables_as_a_whole(program):
    persons, records = histories()
    with pytest.raises(pensim.InputError, match='column "birth" is missing'):
        pensim.decide(persons.drop(columns="birth"), records)
    with pytest.raises(pensim.InputError, match="did you mean"):
        pensim.decide(persons.rename(columns={"hukou": "hukuo"}), records)
    empty = pensim.decide(persons.iloc[:0], records.iloc[:0])
    assert len(empty.outcomes) == 0 and empty.json == []


def test_many_lives_under_another_rule_set(program):
    program("sample", "hmt", "--persons", "3000", "-o", "sample.json")
    cases = json.loads((program.folder / "sample.json").read_text())["persons"]
    assert pensim.sample("hmt", 3000)["persons"] == cases
    persons = pd.DataFrame({k: p.get(k) for k in ("id", "group", "sex", "birth")} for p in cases)
    records = pd.DataFrame(dict(r, person_id=p["id"]) for p in cases for r in p["records"])
    records["months"] = records["months"].astype("Int64")  # else pandas writes them as 12.0
    folder = decided_by_program(program, persons, records, "--rules", "five-years", status=2)
    assert len(pd.read_csv(folder / "errors.csv")) > 0  # ends of insurance are left out above
    decision = pensim.decide(persons, records, rules=pensim.load_rules("five-years"))
    for name in ("outcomes", "transfers", "refunds"):
        assert csv_text(decision, name) == (folder / f"{name}.csv").read_text(), name


# ---- explain ----


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_stories_are_those_of_the_program(program, lang):
    def told(*arguments):
        return program("explain", *arguments, "--lang", lang).stdout

    story = pensim.explain("order-41", person="longest", lang=lang)
    assert str(story) == told("order-41", "--person", "longest")
    file = json.loads((CASES / "order-41.json").read_text())
    assert str(pensim.explain(file, person="longest", lang=lang)) == str(story)
    person = next(p for p in file["persons"] if p["id"] == "longest")
    assert str(pensim.explain(person=person, lang=lang)) == str(story)
    simulated = pensim.explain("hmt", person=123, replicate=1, lang=lang)
    assert str(simulated) == told("hmt", "--person", "123", "--replicate", "1")
    scenario = pensim.load_scenario("hmt")
    assert str(pensim.explain(scenario, person=123, replicate=1, lang=lang)) == str(simulated)
    reformed = pensim.explain("hmt", person=52530, rules="five-years", lang=lang)
    assert str(reformed) == told("hmt", "--person", "52530", "--rules", "five-years")


def test_the_page_of_a_story(program):
    program("explain", "hmt", "--person", "5", "--html", "life.html")
    story = pensim.explain("hmt", person=5)
    theirs = (program.folder / "life.html").read_text()
    assert abs(len(story.html) - len(theirs)) < 100  # the command has no --html
    assert theirs[:2000] == story.html[:2000]
    assert story._repr_html_().startswith("<iframe srcdoc=")


# ---- audit, who ----


def test_an_audit_is_that_of_the_program(program):
    audit = pensim.audit("practice", spells=2)
    assert audit.text() == program("audit", "practice", "--spells", "2").stdout
    assert audit.text("zh") == program("audit", "practice", "--spells", "2", "--lang", "zh").stdout
    theirs = json.loads(program("audit", "practice", "--spells", "2", "--json").stdout)
    assert audit.json == theirs
    findings = audit.findings
    assert findings.id.tolist() == [f["id"] for f in theirs["findings"]]
    for row, finding in zip(findings.itertuples(), theirs["findings"]):
        assert row.kind == finding["kind"] and row.severity == finding["severity"]
        assert ("gain" in finding) == (not np.isnan(row.gain))
        if "gain" in finding:
            assert row.gain == finding["gain"]
    gaps = pensim.audit({**pensim.load_rules("law"), "id": "mine"}, spells=1)
    assert not gaps.faulty
    case = audit.cases["persons"][0]
    assert str(pensim.explain(audit.cases, person=case["id"], rules="practice"))
    with pytest.raises(pensim.InputError):
        pensim.audit("law", spells=99)


def test_people_behind_a_flow(program):
    options = ["--from", "GD", "--kind", "move", "--limit", "30", "-o", "who.csv"]
    program("who", "hmt", "--persons", "5000", *options)
    found = pensim.who("hmt", from_="GD", kind="move", limit=30, persons=5000)
    theirs = pd.read_csv(program.folder / "who.csv")
    assert len(found) == 30 and found.attrs["transfers"] > 30
    for name in ("person", "account", "pooled"):
        assert found[name].tolist() == theirs[name].tolist()
    for name in ("group", "birth", "month", "to", "branch"):
        assert found[name].astype(str).tolist() == theirs[name].tolist()
