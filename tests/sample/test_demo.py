"""`portal demo`: what it prints, and when it refuses."""

import os
import subprocess
import sys

import pytest

from portal import sample
from portal.cases.actions.cases import record_case
from portal.cases.content import CaseContent
from portal.commands.demo import demo
from portal.commands.init import init
from portal.config import ROOT
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.people.queries import actor_for


@pytest.fixture
def run(app):
    def run_it(*arguments):
        result = app.test_cli_runner().invoke(demo, arguments)
        assert result.exit_code == 0, result.output
        return result.output

    return run_it


def test_make_again_and_remove(run):
    first = run()
    assert "The sample department is ready." in first
    assert "liuchen" in first
    second = run()
    assert "is there already" in second
    assert first.partition("Sample logins")[2] == second.partition("Sample logins")[2]
    removed = run("--remove")
    assert "Removed 26 people, 5 teams," in removed
    assert "administrator" not in removed
    assert "There is no sample department." in run("--remove")
    assert "is ready" in run()


def test_removal_says_when_nobody_administers_any_more(run, admin, clock):
    run()
    with transaction():
        admin.row.deactivated_at = clock()
    assert "run `portal init`" in run("--remove")


def test_init_gives_an_administrator_after_the_sample_one_was_kept(app, run, clock, admin):
    run()
    with transaction():
        admin.row.deactivated_at = clock()
        sunlei = db.session.query(User).filter_by(login="sunlei").one()
        case = record_case(actor_for(sunlei), CaseContent("intel", "Brought in"), clock())
        case.byline = "案例库编辑部"
    assert "孙磊" in run("--remove")
    result = app.test_cli_runner().invoke(init, ["--login", "boss"])
    assert "Administrator: boss" in result.output


def test_start_knows_that_it_was_removed(run):
    assert not sample.was_removed()
    run()
    assert not sample.was_removed()
    run("--remove")
    assert sample.was_removed()
    run()
    assert not sample.was_removed()


def test_a_portal_that_is_not_set_up_is_refused_in_one_line(tmp_path):
    environment = {**os.environ, "PORTAL_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    result = subprocess.run(
        [sys.executable, "-m", "portal", "demo"],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )
    assert result.returncode == 1
    assert result.stderr.strip() == (
        "Error: The portal is not set up yet: run `portal init` first.")
