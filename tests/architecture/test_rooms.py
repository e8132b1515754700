"""Each file keeps to its one job; who may import whom is checked by import-linter."""

import ast
import sys

import pytest

from tests.architecture.source_files import imports_of, name_of, python_files, tree_of

FILES = python_files()
LONGEST_FILE = 300
LONGEST_FUNCTION = 50


def room(name):
    """Files called `name.py`, and those in folders called `name`."""
    return [path for path in FILES if path.stem == name or name in path.parts]


def ids(paths):
    return [name_of(path) for path in paths]


@pytest.mark.parametrize("path", room("rules"), ids=ids(room("rules")))
def test_rules_need_nothing_but_the_standard_library(path):
    roots = {name.split(".")[0] for name in imports_of(path)}
    assert roots - sys.stdlib_module_names == set()


@pytest.mark.parametrize("path", room("actions"), ids=ids(room("actions")))
def test_actions_know_no_request(path):
    roots = {name.split(".")[0] for name in imports_of(path)}
    assert not roots & {"flask", "flask_login", "flask_wtf", "werkzeug", "wtforms"}


@pytest.mark.parametrize("path", room("forms"), ids=ids(room("forms")))
def test_forms_do_not_touch_the_database(path):
    assert "portal.extensions" not in imports_of(path)
    assert not {name for name in imports_of(path) if name.startswith("sqlalchemy")}


@pytest.mark.parametrize("path", room("models"), ids=ids(room("models")))
def test_models_run_no_queries(path):
    assert "session" not in {node.attr for node in ast.walk(tree_of(path))
                             if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("path", room("queries"), ids=ids(room("queries")))
def test_queries_change_nothing(path):
    calls = {node.func.attr for node in ast.walk(tree_of(path))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
             and ast.unparse(node.func.value) == "db.session"}
    assert not calls & {"add", "add_all", "delete", "merge", "commit", "flush"}


@pytest.mark.parametrize("path", room("events"), ids=ids(room("events")))
def test_events_carry_plain_values_only(path):
    if name_of(path) == "portal/core/events.py":
        return
    plain = {"int", "str", "bool", "float", "date", "datetime", "Decimal", "None"}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.AnnAssign):
            words = {n.id for n in ast.walk(node.annotation) if isinstance(n, ast.Name)}
            assert words <= plain | {"tuple"}, f"{ast.unparse(node)} is not a plain value"


def test_only_the_unit_of_work_commits():
    committing = [
        f"{name_of(path)}:{node.lineno}" for path in FILES for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
        and ast.unparse(node.value) in ("db.session", "session", "db.session()")
    ]
    assert [place.split(":")[0] for place in committing] == ["portal/core/unit_of_work.py"]


def test_every_file_says_its_purpose_in_one_sentence():
    silent = [name_of(path) for path in FILES if not ast.get_docstring(tree_of(path))]
    assert silent == []


def test_no_file_becomes_a_drawer():
    names = {"utils", "helpers", "misc", "manager", "common", "tools"}
    assert [name_of(path) for path in FILES if path.stem in names] == []


def test_files_and_functions_stay_readable():
    long_files = [
        f"{name_of(path)}: {lines} lines" for path in FILES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]
    long_functions = [
        f"{name_of(path)}:{node.name}: {lines} lines" for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long_files + long_functions == []
