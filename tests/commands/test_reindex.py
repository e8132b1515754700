"""`portal reindex`: the search index anew, while the portal serves."""

import shutil

import pytest

from portal.search import indexer
from portal.search.engine import IndexBusy


def test_it_heals_a_deleted_index(app, portal, record, alice):
    record(alice, title="撞单怎么办")
    shutil.rmtree(app.extensions["settings"].index)
    result = portal("reindex")
    assert result.exit_code == 0, result.output
    assert "Indexed 1 documents" in result.output
    assert "撞单怎么办" in portal("search", "撞单").output


def test_it_writes_what_no_job_told(app, asleep, portal, record, alice):
    record(alice, title="撞单怎么办")
    assert "Nothing found" in portal("search", "撞单").output
    assert portal("reindex").exit_code == 0
    assert "撞单怎么办" in portal("search", "撞单").output
    assert indexer.pending() == 0


def test_an_empty_portal(portal):
    assert "Indexed 0 documents" in portal("reindex").output


def test_two_at_once_are_told_in_one_line(portal, monkeypatch):
    def busy(*args: object) -> None:
        raise IndexBusy("another process is indexing")

    monkeypatch.setattr(indexer, "rebuild", busy)
    result = portal("reindex")
    assert result.exit_code == 1
    assert "another process" in result.output


@pytest.fixture
def asleep(monkeypatch):
    monkeypatch.setattr("portal.core.jobs.wake", lambda name: None)
