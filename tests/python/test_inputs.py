import json

import numpy as np
import pytest
from conftest import expect_same_tables

import pensim


def test_shipped_names(program):
    assert {"hmt", "foreigners", "national", "small", "country400"} <= set(pensim.scenarios())
    assert {"law", "practice", "five-years"} <= set(pensim.rule_sets())
    assert program("--version").stdout.split()[1] == pensim.__version__


def test_a_scenario_loaded_is_the_scenario(program):
    by_name, by_dict = pensim.run("small"), pensim.run(pensim.load_scenario("small"))
    assert by_name.digests == by_dict.digests
    law = pensim.load_rules("law")
    assert pensim.run("small", rules=law).digests == by_name.digests


def test_a_changed_scenario_is_the_same_as_the_file(program):
    scenario = pensim.load_scenario("small")
    scenario["id"] = "mine"
    scenario["run"]["persons"] = np.int64(1200)
    scenario["run"]["seed"] = 5
    plain = json.loads(json.dumps(scenario, default=int))
    (program.folder / "mine.json").write_text(json.dumps(plain))
    program("run", "mine.json", "-o", "out")
    for form in (scenario, plain, "mine.json", program.folder / "mine.json"):
        expect_same_tables(pensim.run(form), program.folder / "out", ["flows", "areas"])
    run = pensim.run(plain)
    manifest = json.loads((program.folder / "out/manifest.json").read_text())
    assert run.digests == {t["file"]: t["sha256"] for t in manifest["tables"]}
    assert run.manifest["scenario_sha256"] == manifest["scenario_sha256"]


def test_a_changed_rule_set_is_the_same_as_the_file(program):
    rules = pensim.load_rules("law")
    rules["id"] = "four"
    rules["parameters"]["place.min_months"] = [
        {"from": "1900-01", "value": 120, "source": "test"},
        {"from": "2027-01", "value": 48, "source": "test"},
    ]
    (program.folder / "four.json").write_text(json.dumps(rules))
    program("run", "small", "--rules", "four.json", "-o", "out")
    expect_same_tables(pensim.run("small", rules=rules), program.folder / "out")
    expect_same_tables(pensim.run("small", rules="four.json"), program.folder / "out")
    again = pensim.load_rules("four.json")
    assert again == rules and again.source == "four.json"


def test_extends_is_resolved_and_files_are_found(program):
    (program.folder / "sub").mkdir()
    (program.folder / "sub/base.json").write_text(
        json.dumps({"schema": "pensim/scenario/1", "extends": "small", "id": "base", "rules": "r.json"})
    )
    (program.folder / "sub/r.json").write_text(json.dumps(pensim.load_rules("five-years")))
    (program.folder / "sub/what-if.json").write_text(
        json.dumps(
            {"schema": "pensim/scenario/1", "extends": "base.json", "id": "x", "run": {"seed": 9}}
        )
    )
    loaded = pensim.load_scenario("sub/what-if.json")
    assert "extends" not in loaded and loaded["run"]["seed"] == 9
    assert pensim.run(loaded).digests == pensim.run("sub/what-if.json").digests
    copied = loaded.copy()
    copied["run"]["seed"] = 10
    assert loaded["run"]["seed"] == 9 and copied.source == loaded.source


def error_of(call, *arguments, **more):
    with pytest.raises(pensim.InputError) as caught:
        call(*arguments, **more)
    return str(caught.value)


def test_errors_are_the_texts_of_the_program(program):
    def told(*arguments):
        return program(*arguments, status=2).stderr.strip()

    assert error_of(pensim.run, "smal") == told("run", "smal")
    assert error_of(pensim.run, "small", rules="lwa") == told("run", "small", "--rules", "lwa")
    assert error_of(pensim.run, "small", persons=0) == told("run", "small", "--persons", "0")
    assert error_of(pensim.run, "small", until="nothing:1%") == told(
        "run", "small", "--until", "nothing:1%"
    )
    assert error_of(pensim.run, "small", microdata=True, suppress_below=5) in told(
        "run", "small", "--microdata", "--suppress-below", "5", "-o", "x"
    )
    assert error_of(pensim.run, "small", data="nowhere") == told("run", "small", "--data", "nowhere")
    assert error_of(pensim.compare, "small") == told("compare", "small")
    assert error_of(pensim.compare, "small", rules=["law", "practice", "practice"]) == told(
        "compare", "small", "--rules", "law", "--rules", "practice", "--rules", "practice"
    )
    assert error_of(pensim.sweep, "small", set="place.min_month=1:3:1") == told(
        "sweep", "small", "--set", "place.min_month=1:3:1"
    )
    assert error_of(pensim.sweep, "small", set="x", from_="y") == told(
        "sweep", "small", "--set", "x", "--from", "y"
    )
    assert error_of(pensim.explain, "order-41", person="longst") == told(
        "explain", "order-41", "--person", "longst"
    )
    assert error_of(pensim.explain, "hmt", person=10**15) == told(
        "explain", "hmt", "--person", str(10**15)
    )
    assert error_of(pensim.who, "small", from_="GDD") == told("who", "small", "--from", "GDD")
    assert error_of(pensim.audit, "five-yeers") == told("audit", "five-yeers")
    assert error_of(pensim.load_scenario, "nowhere.json") == told("run", "nowhere.json")


def test_every_fault_of_a_dict_as_of_its_file(program):
    wrong = pensim.load_scenario("small")
    wrong["id"] = "wrong"
    wrong["run"]["persons"] = -3
    wrong["horizon"]["first"] = "then"
    wrong["groops"] = {}
    (program.folder / "wrong.json").write_text(json.dumps(wrong))
    told = program("validate", "wrong.json", status=2).stderr.strip()
    with pytest.raises(pensim.InputError) as caught:
        pensim.validate(wrong)
    assert str(caught.value) == told
    assert len(caught.value.problems) == len(told.splitlines()) >= 3
    assert all(where.startswith("wrong.json") for where, _ in caught.value.problems)
    assert error_of(pensim.run, wrong) == told
    rules = {"schema": "pensim/rules/1", "id": "r", "extends": "law", "parameters": {"place.x": []}}
    (program.folder / "r.json").write_text(json.dumps(rules))
    assert error_of(pensim.validate, rules) == program("validate", "r.json", status=2).stderr.strip()
    case = {"schema": "pensim/cases/1", "persons": [{"id": "p", "group": "martian"}]}
    (program.folder / "cases.json").write_text(json.dumps(case))
    assert (
        error_of(pensim.validate, case)
        == program("validate", "cases.json", status=2).stderr.strip()
    )
    for good in ("small", pensim.load_scenario("hmt"), pensim.load_rules("practice")):
        pensim.validate(good)
    with pytest.raises(ValueError):
        pensim.run({"schema": float("nan")})
    with pytest.raises(TypeError):
        pensim.run({"schema": object()})


def test_failures_of_the_machine(program):
    run = pensim.run("small", persons=100)
    (program.folder / "file").write_text("")
    with pytest.raises(pensim.MachineFault) as caught:
        run.save("file/folder")
    assert isinstance(caught.value, OSError)
    assert list(program.folder.iterdir()) == [program.folder / "file"]


def test_a_sum_that_does_not_fit(program):
    scenario = pensim.load_scenario("small")
    data = program.folder / "data"
    data.mkdir()
    import pathlib

    wages = pathlib.Path(__file__).parents[2] / "scenarios/data/average_wage.csv"
    lines = wages.read_text().splitlines()
    head = lines[0].split(",")
    place = head.index("yuan_per_month")
    out = [lines[0]]
    for line in lines[1:]:
        cells = line.split(",")
        cells[place] = "90000000000000"
        out.append(",".join(cells))
    (data / "average_wage.csv").write_text("\n".join(out) + "\n")
    with pytest.raises((pensim.MoneyOverflow, pensim.InputError)) as caught:
        pensim.run(scenario, data="data")
    told = program("run", "small", "--data", "data", status=2).stderr.strip()
    assert str(caught.value) == told.removeprefix("pensim: ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"replicates": 0},
        {"persons": -1},
        {"persons": 2.5},
        {"persons": "many"},
        {"suppress_below": -1},
        {"threads": -2},
        {"threads": 100_000},
        {"seed": -1},
        {"graph_years": [1900]},
        {"full": True, "persons": 10},
    ],
)
def test_arguments_that_cannot_be(wrong):
    with pytest.raises(pensim.InputError, match="expected|excludes"):
        pensim.run("small", **wrong)
    run = pensim.run("small", persons=np.int32(10), seed=np.uint64(3))
    with pytest.raises(ValueError, match="lang"):
        run.summary("fr")
