import gzip
import json

import numpy as np
import pandas as pd
import pytest
from conftest import csv_text, expect_money_agrees, expect_same_tables, without_clock

import pensim


def test_tables_and_digests_are_those_of_the_program(program):
    program("run", "small", "-o", "out")
    run = pensim.run("small")
    expect_same_tables(run, program.folder / "out")
    manifest = json.loads((program.folder / "out/manifest.json").read_text())
    assert run.digests == {t["file"]: t["sha256"] for t in manifest["tables"]}
    mine = run.manifest
    for part in (manifest, mine):
        del part["clock"]
    assert mine == manifest


def test_replicates_have_means_with_errors(program):
    program("run", "small", "--persons", "300", "--replicates", "3", "-o", "out")
    run = pensim.run("small", persons=300, replicates=3)
    expect_same_tables(run, program.folder / "out")
    flows = run.flows
    assert flows.account_lo95.dtype == np.float64
    fen = run.table("flows", money="fen")
    assert np.allclose(fen.account, flows.account * 100, rtol=1e-15)


def test_a_saved_folder_is_that_of_the_program(program):
    program("run", "small", "--persons", "2000", "--microdata", "-o", "there")
    run = pensim.run("small", persons=2000, microdata=True)
    run.save("here")
    there, here = program.folder / "there", program.folder / "here"
    assert sorted(p.name for p in there.iterdir()) == sorted(p.name for p in here.iterdir())
    for path in there.iterdir():
        if path.suffix in (".html", ".xlsx"):
            continue  # they show the time
        a, b = path.read_bytes(), (here / path.name).read_bytes()
        if path.name == "manifest.json":
            a, b = without_clock(a.decode()), without_clock(b.decode())
        assert a == b, path.name
    with pytest.raises(pensim.InputError):
        run.save("here")


def test_microdata_are_the_rows_of_the_file(program):
    program("run", "small", "--persons", "3000", "--replicates", "2", "--microdata", "-o", "out")
    run = pensim.run("small", persons=3000, replicates=2, microdata=True)
    text = gzip.decompress((program.folder / "out/people.csv.gz").read_bytes()).decode()
    assert csv_text(run, "people") == text
    people = run.people
    assert people.birth.dtype == "period[M]"
    assert people.account_balance.isna().any()
    assert run.table("people", money="fen").account_balance.dtype == "Int64"
    # Amounts over people are those of the tables.
    assert people.transfers.sum() == round(run.flows.people.sum() * 2)


def test_types(program):
    run = pensim.run("small", persons=1000)
    flows = run.flows
    assert flows.year.dtype == np.int64
    assert flows["from"].dtype == "category"
    assert flows.account.dtype == np.float64
    assert run.table("flows", money="fen").account.dtype == np.int64
    assert isinstance(flows.index, pd.RangeIndex)
    for name in run.tables:
        expect_money_agrees(run.table(name, money="fen"), run.table(name, money="yuan"))
    assert run.locations.benefit_area.isna().any()  # no place
    assert "" not in run.locations.benefit_area.cat.categories
    pensim.options.money = "fen"
    try:
        assert run.flows.account.dtype == np.int64
    finally:
        pensim.options.money = "yuan"
    with pytest.raises(ValueError, match="yuan"):
        run.table("flows", money="dollar")
    with pytest.raises(KeyError, match="calibration"):
        run["nothing"]
    with pytest.raises(AttributeError):
        run.nothing


def test_weighted_tables_stand_for_the_people(program):
    run = pensim.run("small", persons=1000)
    plain, weighted = run.flows, run.table("flows", weighted=True)
    assert "weight" not in weighted
    expected = np.floor(plain.people * plain.weight + 0.5).astype(np.int64)
    assert (weighted.people == expected).all()


def test_settings_reach_the_run(program):
    arguments = "--persons 1500 --seed 7 --rules law+five-years --suppress-below 10"
    program("run", "small", *arguments.split(), "-o", "out")
    run = pensim.run(
        "small", rules="law+five-years", persons=1500, seed=7, suppress_below=10, threads=1
    )
    expect_same_tables(run, program.folder / "out")
    until = pensim.run("small", persons=500, replicates=30, until="flows.total:20%")
    assert until.reached
    assert 5 <= until.manifest["replicates"] <= 30


def test_summary_is_what_the_program_prints(program):
    def figures(text):
        return [line for line in text.splitlines() if " s on " not in line and " 秒" not in line]

    run = pensim.run("small")
    for lang in ("en", "zh"):
        assert figures(run.summary(lang)) == figures(
            program("run", "small", "--lang", lang).stdout
        )


def test_common_work_on_shared_columns(program):
    """What people do with tables works on memory that is read only."""
    run = pensim.run("small", persons=2000)
    flows = run.table("flows", money="fen")
    assert flows.groupby("kind", observed=True).pooled.sum().sum() == flows.pooled.sum()
    pivot = flows.pivot_table(
        index="year", columns="kind", values="account", aggfunc="sum", observed=True
    )
    assert pivot.sum().sum() == flows.account.sum()
    assert len(flows.merge(run.areas, left_on=["year", "to"], right_on=["year", "area"])) > 0
    assert flows.sort_values("pooled").pooled.is_monotonic_increasing
    assert len(flows[flows["from"].isin(["GD"])]) <= len(flows)
    assert flows.describe().loc["count", "account"] == len(flows)
    assert pd.cut(flows.account, 4).notna().all()
    assert flows.assign(total=flows.account + flows.pooled).total.ge(0).all()
    changed = flows.copy()
    changed.loc[0, "account"] = 1
    assert flows.account[0] != 1


@pytest.mark.parametrize("scenario", ["country400"])
def test_areas_of_a_country_of_its_own(program, scenario):
    program("run", scenario, "--persons", "2000", "-o", "out")
    run = pensim.run(scenario, persons=2000)
    expect_same_tables(run, program.folder / "out", ["flows", "locations", "circles"])
