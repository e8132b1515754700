"""How shipped groups reach an installation, and what an upgrade leaves alone."""

import pytest

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search.models import SynonymGroup
from portal.search.vocabulary import actions, seeds
from portal.search.vocabulary.phrases import key_of
from portal.search.vocabulary.queries import groups


@pytest.fixture
def ship(app, monkeypatch, clock):
    """`ship(["撞单", "抢单"], …)`: an upgrade to a version that comes with these groups."""

    def upgrade(*lines):
        shipped = {key_of(phrases): tuple(phrases) for phrases in lines}
        monkeypatch.setattr(seeds, "shipped_groups", lambda: shipped)
        with transaction():
            return seeds.seed(clock())

    with transaction():
        for group in db.session.query(SynonymGroup):
            db.session.delete(group)
    return upgrade


def present():
    db.session.rollback()
    return {(each.phrases, each.state) for each in groups()}


def test_a_second_start_adds_nothing(app, clock):
    before = present()
    with transaction():
        assert seeds.seed(clock()) == 0
    assert present() == before


def test_a_later_version_brings_its_new_groups(ship):
    assert ship(["撞单", "抢单"]) == 1
    assert ship(["撞单", "抢单"], ["丢单", "输单"]) == 1
    assert present() == {(("撞单", "抢单"), "shipped"), (("丢单", "输单"), "shipped")}


def test_the_order_and_spelling_of_a_line_make_no_new_group(ship):
    ship(["撞单", "Lost Deal"])
    assert ship(["lost deal", "撞單"]) == 0


def test_a_removed_group_is_not_brought_back_not_even_enlarged(ship, mei, clock):
    ship(["撞单", "抢单"])
    with transaction():
        actions.remove_group(mei.id, db.session.query(SynonymGroup).one(), clock())
    assert ship(["撞单", "抢单"]) == 0
    assert ship(["撞单", "抢单", "争单"]) == 0
    assert present() == {(("撞单", "抢单"), "removed")}


def test_an_edited_group_stays_as_it_is(ship, mei, clock):
    ship(["撞单", "抢单", "争单"])
    with transaction():
        group = db.session.query(SynonymGroup).one()
        actions.change_group(mei.id, group, ["撞单", "抢单"], clock())
    assert ship(["撞单", "抢单", "争单", "duplicate claim"]) == 0
    assert present() == {(("撞单", "抢单"), "edited")}


def test_a_group_nobody_touched_follows_the_new_version(ship):
    ship(["撞单", "抢单"], ["丢单", "输单"])
    ship(["撞单", "抢单", "争单"])
    assert present() == {(("撞单", "抢单", "争单"), "shipped")}


def test_own_groups_stay(ship, mei, clock):
    ship(["撞单", "抢单"])
    with transaction():
        actions.add_group(mei.id, ["蓝鲸", "鲸落"], clock())
    ship(["撞单", "抢单"])
    assert (("蓝鲸", "鲸落"), "own") in present()
