"""`portal reindex`: the search index anew, while the portal serves."""

import shutil

import pytest

from portal.search import indexer
from portal.search.alone import alone


def test_it_heals_a_deleted_index(app, portal, record, alice):
    record(alice, title="撞单怎么办")
    shutil.rmtree(app.extensions["settings"].index)
    result = portal("reindex")
    assert result.exit_code == 0, result.output
    assert f"Indexed {indexer.total()} documents" in result.output
    assert "撞单怎么办" in portal("search", "撞单").output


def test_it_writes_what_no_job_told(app, asleep, portal, record, alice):
    record(alice, title="撞单怎么办")
    assert "Nothing found" in portal("search", "撞单").output
    assert portal("reindex").exit_code == 0
    assert "撞单怎么办" in portal("search", "撞单").output
    assert indexer.pending() == 0


def test_a_portal_without_cases(app, portal):
    assert f"Indexed {indexer.total()} documents" in portal("reindex").output


def test_two_at_once_are_told_politely(app, portal, monkeypatch):
    monkeypatch.setattr("portal.commands.reindex.PATIENCE", 0.05)
    with alone(1.0):
        result = portal("reindex")
    assert result.exit_code == 1
    assert "another process is indexing" in result.output
    assert "Traceback" not in result.output
    assert portal("reindex").exit_code == 0


@pytest.fixture
def asleep(monkeypatch):
    monkeypatch.setattr("portal.core.jobs.wake", lambda name: None)
