"""Nobody finds what they may not read: not in hits, counts, facets, suggestions (S3)."""

import pytest

from portal.cases.actions import cases, talk
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.search import find
from portal.search.indexer import rebuild

pytestmark = pytest.mark.usefixtures("either_engine")

WORDS = "撞单仲裁按首次拜访记录"


@pytest.fixture
def shelf(record, alice):
    """The same words for every sort of reader; each title says for whom."""
    made = {
        name: record(alice, title=f"撞单 {name}", body=WORDS, tags=(f"tag {name}",), **content)
        for name, content in {
            "everyone": {}, "team": {"audience": "team"}, "managers": {"audience": "managers"},
            "draft": {"draft": True}, "archived": {},
        }.items()
    }
    with transaction():
        cases.archive_case(alice.actor, made["archived"], made["archived"].created_at)
    return made


@pytest.fixture
def seen(app):
    """Which of the shelf a person meets anywhere in search, and what the counts say."""

    def look(person, archive=False):
        with app.test_request_context():
            found = find.search(person.actor, "撞单", archive=archive)
            tags = {value.label for value in found.facets.get("tag", ())}
            kinds = sum(value.count for value in found.facets.get("kind", ()))
            suggested = {hit.card.title for hit in find.suggest(person.actor, "撞单").titles}
            similar = {card.title for card in find.similar(person.actor, WORDS, limit=20)}
        titles = {hit.card.title for hit in found.found}
        assert found.total == kinds == len(titles)
        assert tags == {title.replace("撞单", "tag") for title in titles}
        if not archive:
            assert suggested == similar == titles
        return {title.removeprefix("撞单 ") for title in titles}

    return look


def test_a_chosen_tag_does_not_tell_whether_a_hidden_case_has_it(record, app, alice, carol):
    record(alice, title="Restructuring", audience="team", tags=("Project Phoenix",))

    def told(person, code):
        with app.test_request_context():
            return find.search(person.actor, "", filters={"tag": (code,)}).facets["tag"]

    assert [value.label for value in told(alice, "project phoenix")] == ["Project Phoenix"]
    for code in ("project phoenix", "project nobody"):
        assert [(v.label, v.count, v.chosen) for v in told(carol, code)] == [(code, 0, True)]


@pytest.mark.parametrize(("login", "finds"), [
    ("alice", {"everyone", "team", "managers", "draft"}),
    ("bob", {"everyone", "team"}),
    ("mei", {"everyone", "team", "managers"}),
    ("wang", {"everyone", "team", "managers"}),
    ("carol", {"everyone"}),
    ("chen", {"everyone", "managers"}),
    ("hr", {"everyone"}),
    ("admin", {"everyone"}),
])
def test_each_finds_what_they_may_read(shelf, seen, request, login, finds):
    person = request.getfixturevalue(login)
    assert seen(person) == finds
    assert seen(person, archive=True) == finds | {"archived"}


def test_a_rebuilt_index_keeps_the_doors(shelf, seen, bob, carol):
    rebuild()
    assert seen(bob) == {"everyone", "team"}
    assert seen(carol) == {"everyone"}


def test_a_narrower_audience_closes_at_once(shelf, seen, bob, carol):
    with transaction():
        shelf["everyone"].audience = "managers"
    assert seen(carol) == set()
    assert seen(bob) == {"team"}


def test_even_a_stale_index_shows_nothing_of_what_was_closed(shelf, app, asleep, carol, browser):
    with transaction():
        shelf["everyone"].audience = "managers"
    with app.test_request_context():
        assert find.search(carol.actor, "撞单").found == []
        assert find.suggest(carol.actor, "撞单").titles == []
        assert find.similar(carol.actor, WORDS) == []
    assert "撞单 everyone" not in browser(carol).get("/search?q=撞单").text


def test_a_reader_who_moves_to_another_team_reads_what_the_new_one_reads(shelf, seen, bob, carol):
    with transaction():
        db.session.get(User, bob.id).team_id = carol.team_id
        db.session.get(User, carol.id).team_id = bob.team_id
    assert seen(bob) == {"everyone"}
    assert seen(carol) == {"everyone", "team"}


def test_an_author_who_moves_leaves_the_case_with_its_team(shelf, seen, alice, bob, carol):
    with transaction():
        db.session.get(User, alice.id).team_id = carol.team_id
    assert seen(bob) == {"everyone", "team"}
    assert seen(carol) == {"everyone"}
    assert seen(alice) == {"everyone", "team", "managers", "draft"}


def test_who_is_no_longer_a_manager_reads_no_longer_for_managers(shelf, seen, chen):
    with transaction():
        db.session.get(User, chen.id).role = "rep"
    assert seen(chen) == {"everyone"}


def test_words_of_solutions_and_comments_are_found_behind_the_same_door(
    shelf, propose, remark, found, bob, carol, clock
):
    solution = propose(bob, shelf["team"], "看看通话清单")
    remark(bob, shelf["team"], "华南也这样")
    assert found(bob, "通话清单") == ["撞单 team"]
    assert found(bob, "华南") == ["撞单 team"]
    assert found(carol, "通话清单") == []
    with transaction():
        talk.withdraw(bob.actor, solution, clock())
    assert found(bob, "通话清单") == []


def test_typed_fields_open_no_door(shelf, found, alice, carol):
    for query in ("author:李爱丽", "作者:alice", "tag:tag", "kind:problem", "撞单 -nothing"):
        assert found(carol, query) == ["撞单 everyone"], query
    assert found(carol, f"author:{alice.name} draft") == []
