import json

import numpy as np
import pytest
from conftest import csv_text, expect_same_tables, without_clock

import pensim


def expect_same_folders(there, here):
    assert sorted(p.name for p in there.iterdir()) == sorted(p.name for p in here.iterdir())
    for path in there.iterdir():
        if path.suffix not in (".html", ".xlsx"):
            a, b = path.read_text(), (here / path.name).read_text()
            a = a.replace('"-o", "there"', '"-o", "here"')
            assert without_clock(a) == without_clock(b), path.name


def test_a_comparison_is_that_of_the_program(program):
    names = ["law", "five-years", "law+no-pooled-money"]
    options = [word for name in names for word in ("--rules", name)]
    ran = program("compare", "small", *options, "--persons", "2000", "-o", "there")
    compared = pensim.compare("small", rules=names, persons=2000)
    expect_same_tables(compared, program.folder / "there")
    compared.save("here")
    expect_same_folders(program.folder / "there", program.folder / "here")
    assert compared.summary().splitlines()[4:] == ran.stdout.splitlines()[4:]
    assert compared.parameters["from"].dtype == "period[M]"


def test_means_and_intervals_are_of_one_unit(program):
    compared = pensim.compare("small", "five-years", persons=2000)
    seen = 0
    for money in ("fen", "yuan"):
        for name in compared.tables:
            table = compared.table(name, money=money)
            for stem in [c.removesuffix("difference") for c in table if c.endswith("difference")]:
                low, high = table[stem + "lo95"], table[stem + "hi95"]
                known = low.notna() & ~np.isinf(low)
                middle = (low + high) / 2
                near = np.isclose(middle, table[stem + "difference"], rtol=1e-6, atol=0.02)
                assert near[known].all(), (name, stem, money)
                seen += known.sum()
    assert seen > 100


def test_one_rule_set_is_a_reform_of_the_own_rules(program):
    program("compare", "small", "--rules", "practice", "--persons", "1000", "-o", "out")
    expect_same_tables(
        pensim.compare("small", "practice", persons=1000), program.folder / "out"
    )


def test_a_changed_dict_is_compared_as_its_file(program):
    rules = pensim.load_rules("five-years")
    rules["id"] = "four"
    rules["parameters"]["place.min_months"][-1]["value"] = 48
    (program.folder / "four.json").write_text(json.dumps(rules))
    options = ["--rules", "law", "--rules", "four.json"]
    program("compare", "small", *options, "--persons", "2000", "-o", "there")
    compared = pensim.compare("small", rules=["law", rules], persons=2000)
    expect_same_tables(compared, program.folder / "there")
    compared.save("here", report=False)
    for name in ("witnesses-four-json.txt", "flows.csv", "rules-four.json"):
        a, b = program.folder / "there" / name, program.folder / "here" / name
        assert a.read_text() == b.read_text(), name
    # A shipped rule set under its own name beside what was made of it.
    both = pensim.compare("small", rules=["law", "five-years", rules], persons=500)
    assert list(both.changes.reform.cat.categories) == ["five-years", "four.json"]


def test_two_scenarios(program):
    other = pensim.load_scenario("small")
    other["id"] = "other"
    other["rules"] = "practice"
    (program.folder / "other.json").write_text(json.dumps(other))
    program("compare", "small", "other.json", "--persons", "1000", "-o", "out")
    for form in ("other.json", dict(other)):
        compared = pensim.compare("small", other=form, persons=1000)
        expect_same_tables(compared, program.folder / "out", ["flows", "changes"])
    with pytest.raises(pensim.InputError, match="excludes a second scenario"):
        pensim.compare("small", rules="law", other=other)


def test_witnesses_with_their_stories(program):
    options = ["--rules", "law", "--rules", "five-years", "--persons", "2000"]
    program("compare", "small", *options, "-o", "out")
    witnesses = pensim.compare("small", rules=["law", "five-years"], persons=2000).witnesses
    stories = (program.folder / "out/witnesses-five-years.txt").read_text()
    assert len(witnesses) > 2
    for row in witnesses.itertuples():
        assert f"======== {row.person}: {row.change}" in stories
        assert row.story_before in stories and row.story_after in stories


def test_a_sweep_is_that_of_the_program(program):
    options = ["--set", "place.min_months=60:180:60", "--from", "2027-01", "--persons", "1500"]
    ran = program("sweep", "small", *options, "-o", "there")
    swept = pensim.sweep("small", set="place.min_months=60:180:60", from_="2027-01", persons=1500)
    expect_same_tables(swept, program.folder / "there")
    swept.save("here")
    expect_same_folders(program.folder / "there", program.folder / "here")
    assert swept.summary().splitlines()[4:] == ran.stdout.splitlines()[4:]
    mapped = pensim.sweep(
        "small", set={"place.min_months": range(60, 181, 60)}, from_="2027-01", persons=1500
    )
    for name in swept.tables:
        assert csv_text(mapped, name) == csv_text(swept, name)


def test_words_and_lists_of_values(program):
    swept = pensim.sweep(
        "small",
        {"place.tie": ["latest_last_paid", "latest_start"], "place.min_months": "60:120:60"},
        persons=500,
    )
    options = ["--set", "place.tie=latest_last_paid,latest_start"]
    options += ["--set", "place.min_months=60:120:60", "--persons", "500"]
    program("sweep", "small", *options, "-o", "out")
    expect_same_tables(swept, program.folder / "out")
