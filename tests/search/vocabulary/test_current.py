"""A change of the synonyms reaches every search: at once here, within seconds elsewhere."""

import pytest
from sqlalchemy import text

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search.models import SynonymGroup
from portal.search.synonyms import shipped
from portal.search.vocabulary import actions
from portal.search.vocabulary.current import EVERY, Keeper, current


@pytest.fixture
def claims(record, alice):
    """Two cases that say the same in different words."""
    record(alice, title="两个销售撞单了", body="同一家客户。")
    record(alice, title="鲸落之争", body="他说是他先谈的。")


def test_the_shipped_synonyms_are_in_the_table(app):
    assert db.session.query(SynonymGroup).count() > 200
    assert set(current().phrases) == set(shipped().phrases)


@pytest.mark.parametrize(("asked", "title"), [
    ("抢单", "两个销售撞单了"), ("duplicate claim", "两个销售撞单了"), ("lost deal", "丢单以后"),
    ("客户被抢单了怎么办", "两个销售撞单了"), ("deal lost", "丢单以后"), ("輸單", "丢单以后"),
])
def test_other_words_of_the_trade_find_a_case(claims, record, found, alice, asked, title):
    record(alice, title="丢单以后")
    assert title in found(alice, asked)


def test_a_new_group_counts_at_once_and_without_a_rebuild(claims, found, alice, add):
    assert found(alice, "蓝鲸计划") == []
    add("蓝鲸计划", "鲸落")
    assert found(alice, "蓝鲸计划") == ["鲸落之争"]


def test_what_was_typed_comes_before_what_means_the_same(claims, record, found, alice):
    record(alice, title="两个销售抢单了", body="同一家客户。")
    assert found(alice, "抢单") == ["两个销售抢单了", "两个销售撞单了"]
    assert found(alice, "撞单") == ["两个销售撞单了", "两个销售抢单了"]


def test_an_edited_group_searches_with_its_new_phrases(claims, found, alice, mei, add, row, clock):
    group = add("蓝鲸计划", "撞单")
    assert found(alice, "蓝鲸计划") == ["两个销售撞单了"]
    with transaction():
        actions.change_group(mei.id, row(group), ["蓝鲸计划", "鲸落"], clock())
    assert found(alice, "蓝鲸计划") == ["鲸落之争"]


def test_a_removed_group_stops(claims, found, alice, mei, shipped_id, row, clock):
    assert found(alice, "抢单") == ["两个销售撞单了"]
    with transaction():
        actions.remove_group(mei.id, row(shipped_id("抢单")), clock())
    assert found(alice, "抢单") == []


def test_what_is_not_committed_does_not_count(app, mei, clock):
    with pytest.raises(ZeroDivisionError), transaction():
        actions.add_group(mei.id, ["蓝鲸计划", "鲸落"], clock())
        assert "蓝鲸计划" not in current()
        raise ZeroDivisionError
    assert "蓝鲸计划" not in current()


def test_another_process_learns_of_it_within_seconds(app, add, mei, row, clock):
    elsewhere = Keeper()
    assert "蓝鲸计划" not in elsewhere.synonyms(clock())
    group = add("蓝鲸计划", "鲸落")
    assert "蓝鲸计划" not in elsewhere.synonyms(clock.move(seconds=1))
    assert "蓝鲸计划" in elsewhere.synonyms(clock.move(seconds=1))
    with transaction():
        # The clock of the machine that removes it is an hour slow.
        actions.remove_group(mei.id, row(group), clock.move(hours=-1))
    assert "蓝鲸计划" not in elsewhere.synonyms(clock.move(hours=1, seconds=2))


def test_nothing_is_read_while_nothing_changes(app, clock, statements):
    before = current()
    statements.clear()
    assert current() is before
    assert statements == []
    clock.move(seconds=EVERY.seconds)
    assert current() is before
    assert len([each for each in statements if each != "BEGIN"]) == 1


def test_an_empty_table_leaves_the_shipped_synonyms(app):
    with transaction():
        db.session.execute(text("DELETE FROM synonym_groups"))
    assert Keeper().synonyms(app.config["CLOCK"]()) is shipped()


def test_where_every_group_is_removed_there_are_none(app, mei, clock):
    with transaction():
        for group in db.session.query(SynonymGroup):
            group.removed_at = clock()
    assert current().phrases == ()


def test_a_database_that_cannot_be_asked_hinders_no_search(claims, found, alice, clock):
    assert "抢单" in current()
    with transaction():
        db.session.execute(text("ALTER TABLE synonym_groups RENAME TO set_aside"))
    try:
        clock.move(seconds=60)
        assert found(alice, "抢单") == ["两个销售撞单了"]
        assert Keeper().synonyms(clock()) is shipped()
    finally:
        with transaction():
            db.session.execute(text("ALTER TABLE set_aside RENAME TO synonym_groups"))


def test_the_words_that_mean_the_same_are_marked(claims, browser, alice, add):
    add("蓝鲸计划", "鲸落")
    page = browser(alice).get("/search?q=蓝鲸计划").text
    assert "<mark>鲸落</mark>" in page
