"""The stubs say what the module has, and every public name says what it is for."""

import ast
import inspect
import pathlib
import subprocess
import sys

import pensim
from pensim import _pensim

PACKAGE = pathlib.Path(pensim.__file__).parent


def stub_members(body):
    found = {}
    for node in body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = [a.arg for a in node.args.args + node.args.kwonlyargs]
        elif isinstance(node, ast.ClassDef):
            found[node.name] = stub_members(node.body)
        elif isinstance(node, ast.AnnAssign):
            found[node.target.id] = None
    return found


def public(names):
    return {n for n in names if not n.startswith("_")}


def arity(function):
    """How many arguments pybind11's signature line has."""
    line = function.__doc__.splitlines()[0]
    inside, depth, count = line[line.index("(") + 1 : line.rindex(")")], 0, 0
    for c in inside.replace("*, ", ""):
        depth += (c in "[(") - (c in "])")
        count += c == "," and depth == 0
    return count + bool(inside)


def test_the_stubs_of_the_module_agree_with_it():
    stub = stub_members(ast.parse((PACKAGE / "_pensim.pyi").read_text()).body)
    assert public(stub) == public(vars(_pensim))
    for name, members in stub.items():
        real = getattr(_pensim, name)
        if isinstance(members, dict):
            assert public(members) == public(vars(real)), name
            for member, arguments in members.items():
                function = getattr(real, member)
                if arguments is not None and callable(function) and function.__doc__:
                    assert arity(function) == len(arguments), (name, member)
        elif members is not None:
            assert arity(real) == len(members), name


def test_public_names_are_explained():
    assert set(pensim.__all__) <= set(dir(pensim))
    for name in pensim.__all__:
        thing = getattr(pensim, name)
        if callable(thing):
            assert inspect.getdoc(thing), name
        if inspect.isclass(thing) and thing.__module__.startswith("pensim"):
            for member, value in vars(thing).items():
                documented = isinstance(value, property) or inspect.isfunction(value)
                if documented and not member.startswith("_"):
                    assert inspect.getdoc(getattr(thing, member)), (name, member)


def test_types_are_consistent():
    command = [sys.executable, "-m", "mypy", "--ignore-missing-imports", "--cache-dir=/dev/null"]
    ran = subprocess.run([*command, str(PACKAGE)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout


def test_the_example_of_the_package_runs():
    assert (PACKAGE / "py.typed").exists()
    namespace = {}
    for line in pensim.__doc__.splitlines():
        if line.startswith(">>> "):
            exec(line[4:], namespace)


def test_the_example_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    readme = (pathlib.Path(__file__).parents[2] / "README.md").read_text()
    example = readme.split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path)
    exec(example, {})
    told = capsys.readouterr().out
    assert "benefit_area" in told and "Months are counted" in told
    assert (tmp_path / "four-years/report.html").exists()
