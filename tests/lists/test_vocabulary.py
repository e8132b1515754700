"""The lists are read once, and never shown stale."""

import pytest

from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists import actions, queries
from portal.lists.models import Term


def term(name, code):
    return db.session.query(Term).filter_by(list=name, code=code).one()


@pytest.fixture
def stage(app):
    return lambda code: term("stage", code)


def test_it_is_read_in_one_statement(app, statements):
    db.session.rollback()
    statements.clear()
    for name in ("stage", "industry", "reason"):
        queries.choices(name, "zh")
        queries.term_of(name, "price")
    assert len([s for s in statements if "terms" in s]) == 1


def test_a_change_is_seen_at_once_and_a_rolled_back_one_never(app, admin, stage, clock):
    assert dict(queries.choices("stage", "en"))["needs"] == "Needs"
    with pytest.raises(RuntimeError), transaction():
        actions.change_term(admin.id, stage("needs"), "需要", "Wants", True, clock())
        assert dict(queries.choices("stage", "en"))["needs"] == "Wants"
        raise RuntimeError
    assert dict(queries.choices("stage", "en"))["needs"] == "Needs"
    with transaction():
        actions.change_term(admin.id, stage("needs"), "需要", "Wants", True, clock())
    assert dict(queries.choices("stage", "en"))["needs"] == "Wants"


def test_reading_again_needs_no_row_of_the_session(app, statements):
    kept = queries.vocabulary()
    db.session.expire_all()
    statements.clear()
    assert kept["stage"]["needs"].label("en") == "Needs"
    assert statements == []


def test_a_retired_entry_is_offered_only_to_what_has_it(app, admin, stage, clock):
    with transaction():
        actions.set_active(admin.id, stage("needs"), False, clock())
    assert "needs" not in dict(queries.choices("stage", "zh"))
    assert "needs" in dict(queries.choices("stage", "zh", "needs"))


@pytest.mark.parametrize("written", ["needs", "NEEDS", "需求", "Ｎｅｅｄｓ", " needs "])
def test_an_entry_is_found_by_code_and_either_label(app, written):
    assert queries.term_of("stage", written).code == "needs"


@pytest.mark.parametrize(("label_zh", "label_en"), [
    ("需求", None), ("新", "needs"), ("ＮＥＥＤＳ", None), ("", "x"), ("长" * 65, None),
    ("新", "e" * 65),
])
def test_no_two_entries_share_a_wording(app, admin, clock, label_zh, label_en):
    with pytest.raises(Refused), transaction():
        actions.add_term(admin.id, "stage", label_zh, label_en, clock())


def test_an_unknown_list_is_refused(app, admin, clock):
    with pytest.raises(Refused), transaction():
        actions.add_term(admin.id, "colour", "红", None, clock())


def test_moving_stops_at_both_ends(app, admin, stage, clock):
    codes = [code for code, _ in queries.choices("stage", "zh")]
    for code, step in ((codes[0], -1), (codes[-1], 1)):
        with transaction():
            actions.move_term(admin.id, stage(code), step, clock())
        assert [code for code, _ in queries.choices("stage", "zh")] == codes
    with transaction():
        actions.move_term(admin.id, stage(codes[0]), 1, clock())
    assert [code for code, _ in queries.choices("stage", "zh")][:2] == [codes[1], codes[0]]


def test_tags_are_one_whatever_their_spelling(app):
    with transaction():
        first = actions.tags_named(["撞单", "ERP", "erp ", "ＥＲＰ", "", "  "])
        db.session.flush()
        again = actions.tags_named(["Erp", "撞单"])
        assert {tag.id for tag in first} == {tag.id for tag in again}
        assert len(first) == 2
