"""Merged cases travel: their addresses lead on in the library that took the archive in (K14)."""

import pytest
from sqlalchemy import select

from portal.cases.exchange.exporting import export_library
from portal.cases.merging.actions import Wanted, merge_cases
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db


@pytest.fixture
def merged(app, record, alice, mei, clock):
    """Three cases: the first went into the second, that into the third."""
    cases = [record(alice, title=title) for title in ("一", "二", "三")]
    for one, other in ((0, 1), (1, 2)):
        with transaction():
            gone, kept = (db.session.get_one(Case, cases[place].id) for place in (one, other))
            wanted = Wanted(kept.title, kept.body, kept.revision, gone.revision)
            merge_cases(mei.actor, gone, kept, wanted, clock())
    return app


def ways():
    query = select(Case).order_by(Case.title)
    return {case.title: (case.confidence, case.merged_into.title if case.merged_into else None)
            for case in db.session.scalars(query)}


def test_the_ways_are_the_same_there_and_back(merged, other_portal, take_in_there, tmp_path):
    archive = tmp_path / "library.zip"
    # The other portal's context lies on top.
    with merged.app_context():
        expected = ways()
        export_library(archive)
    assert expected["一"] == ("archived", "二") and expected["二"] == ("archived", "三")
    for _time in range(2):
        report = take_in_there(archive)
        assert report.problems == []
    assert ways() == expected
    again = tmp_path / "again.zip"
    export_library(again)
    assert again.read_bytes() == archive.read_bytes()


def test_an_import_neither_brings_a_merged_case_back_nor_makes_a_circle(merged, shelf, take_in):
    refs = dict(db.session.execute(select(Case.title, Case.ref)).all())
    db.session.rollback()
    shelf.put("one.md", f"---\nref: {refs['一']}\nkind: problem\ntitle: 一\n"
                        "confidence: validated\n---\n\nx\n")
    shelf.put("three.md", f"---\nref: {refs['三']}\nkind: problem\ntitle: 三\n"
                          f"confidence: archived\nmerged_into: {refs['一']}\n---\n\nx\n")
    take_in(shelf.root)
    db.session.expire_all()
    assert ways()["一"] == ("archived", "二")
    assert ways()["三"] == ("archived", None)
