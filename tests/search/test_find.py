"""Asking on behalf of a person: fields, facets, sorts, archive, words that nobody understands."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal.cases.actions.cases import archive_case
from portal.cases.words import kind_word
from portal.core.i18n import force_locale
from portal.core.unit_of_work import transaction
from portal.people.actions import PersonFacts, change_person
from portal.search import find
from portal.search.indexer import rebuild

pytestmark = pytest.mark.usefixtures("either_engine")


@pytest.fixture
def shelf(record, alice, bob, carol, clock):
    """A few cases of different kind, author, tag and day."""
    made = [record(alice, title="撞单怎么办", tags=("撞单",), stage="needs")]
    clock.move(days=1)
    made.append(record(bob, kind="win", title="撞单后赢单", tags=("撞单", "演示"), industry="it"))
    clock.move(days=1)
    made.append(record(carol, kind="loss", title="Lost to a cheaper ERP", product="erp"))
    return made


@pytest.fixture
def search(app, alice):
    def ask(text="", person=alice, language="en", **more):
        with app.test_request_context(), force_locale(language):
            return find.search(person.actor, text, **more)

    return ask


def titles(results):
    return [hit.card.title for hit in results.found]


@pytest.mark.parametrize(("query", "count"), [
    ("tag:撞单", 2), ("标签:撞单", 2), ("标签：撞单", 2), ("tag: 撞单", 2), ("tag:演示", 1),
    ("tag:撞", 2), ("author:bob", 1), ("作者:张博", 1), ("author:BOB", 1), ("author:博", 1),
    ("kind:win", 1), ("类型:win", 1), ("stage:needs", 1), ("阶段:需求", 1), ("stage:Needs", 1),
    ("industry:IT", 1), ("行业:信息技术", 1), ("product:ERP", 1), ("产品:ERP系统", 1),
    ("tag:撞单 kind:win", 1), ("tag:撞单,演示", 2), ("撞单 kind:loss", 0),
    ("tag:nothing", 0), ("author:nobody", 0), ("kind:gossip", 0), ("stage:moon", 0),
    ("tag:%", 0), ("author:%", 0), ("tag:_", 0), ("author:_", 0), ("kind:\u200b", 0),
    ("tag:\u200b", 0), ("author:²", 0), ("after:2026-06-02", 2), ("早于:2026-06-02", 1),
    ("after:2026-06-02 before:2026-06-03", 1), ("region:", 3),
])
def test_typed_fields_in_both_languages(shelf, search, query, count):
    assert search(query).total == count


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_kind_may_be_typed_as_the_page_calls_it(app, shelf, search, language):
    with app.test_request_context(), force_locale(language):
        typed = str(kind_word("win"))
    assert titles(search(f'kind:"{typed}"')) == ["撞单后赢单"]


def test_typed_and_chosen_values_of_one_facet_must_both_hold(shelf, search):
    assert search("tag:演示", filters={"tag": ("撞单",)}).total == 1
    assert search("kind:win", filters={"kind": ("loss",)}).total == 0
    assert search("kind:win", filters={"kind": ("loss", "win")}).total == 1


def test_facets_count_what_choosing_them_would_give(shelf, search):
    results = search("撞单")
    for name, values in results.facets.items():
        for value in values:
            assert search("撞单", filters={name: (value.code,)}).total == value.count, value


def test_a_chosen_facet_still_counts_its_neighbours(shelf, search):
    kinds = search("", filters={"kind": ("win",)}).facets["kind"]
    assert {(v.code, v.count, v.chosen) for v in kinds} == {
        ("win", 1, True), ("problem", 1, False), ("loss", 1, False)}


def test_facets_speak_the_language_of_the_reader(shelf, search):
    labels = {code: {v.label for v in search("", language=code).facets["industry"]}
              for code in ("en", "zh")}
    assert labels == {"en": {"IT"}, "zh": {"信息技术"}}


def test_a_chosen_value_stays_visible_when_it_finds_nothing(shelf, search):
    results = search("撞单", filters={"product": ("erp",)})
    assert results.total == 0
    assert [(v.code, v.count, v.chosen) for v in results.facets["product"]] == [("erp", 0, True)]


def test_sorts(shelf, search):
    by_age = ["撞单怎么办", "撞单后赢单", "Lost to a cheaper ERP"]
    assert titles(search("", sort="oldest")) == by_age
    assert titles(search("", sort="newest")) == by_age[::-1]
    assert titles(search("")) == by_age[::-1]
    assert titles(search("撞单", sort="newest")) == by_age[1::-1]


def test_days(shelf, search):
    assert search("", since=date(2026, 6, 2), until=date(2026, 6, 2)).total == 1
    assert search("", since=date.min, until=date.max).total == 3
    assert search("", since=date(2026, 6, 3), until=date(2026, 6, 1)).total == 0


@pytest.mark.parametrize(("query", "count"), [
    ("after:2026-06-02", 1), ("before:2026-06-02", 0), ("before:2026-06-03", 1),
    ("after:0001-01-01", 1), ("before:9999-12-31", 1),
])
def test_a_day_is_that_of_the_portals_zone(record, search, alice, clock, query, count):
    """Two in the morning in Shanghai is still the day before in Greenwich."""
    clock.move(hours=16)
    record(alice, title="A thought at night")
    assert search(query).total == count


@pytest.mark.parametrize("name", ["zhang", "ZHANG", "Bob Z", "bob z", "ＺＨＡＮＧ"])
def test_an_author_is_named_in_large_or_small_letters(record, search, alice, bob, name):
    with transaction():
        bob.row.name = "Bob Zhang"
    record(bob)
    assert search(f'author:"{name}"').total == 1


def test_paging_shows_everything_once(record, search, alice):
    for number in range(7):
        record(alice, title=f"撞单 {number}")
    pages = [titles(search("撞单", limit=3, offset=offset)) for offset in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({title for page in pages for title in page}) == 7


def test_the_archive_is_asked_for(shelf, search, alice, clock):
    with transaction():
        archive_case(alice.actor, shelf[0], clock())
    assert "撞单怎么办" not in titles(search("撞单"))
    assert "撞单怎么办" in titles(search("撞单", archive=True))


def test_a_renamed_person_and_a_reworded_entry_are_found_by_the_new_words(
    shelf, search, admin, bob, clock
):
    with transaction():
        facts = PersonFacts(login="bob", name="诸葛明", role="rep", team_id=bob.team_id)
        change_person(admin.actor, bob.row, facts, clock())
    assert titles(search("诸葛明")) == ["撞单后赢单"]
    assert titles(search("author:诸葛明")) == ["撞单后赢单"]


def test_hits_say_what_matched(shelf, search):
    hit = search("撞单").found[0]
    assert "撞单" in [part.text for part in hit.title if part.match]


BROKEN = some.text(
    some.sampled_from("\"“”-:：() *?~^[]{}\\/&|!+tagkind 撞单\x00\n%_'＂before2026"), max_size=60,
)


@given(BROKEN | some.text(max_size=300))
@settings(max_examples=120, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_an_error(shelf, search, text):
    assert 0 <= search(text).total <= 3


@given(BROKEN)
@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_beginning_is_an_error_for_suggestions(app, shelf, alice, text):
    with app.test_request_context():
        assert len(find.suggest(alice.actor, text).titles) <= 3
        assert len(find.similar(alice.actor, text)) <= 3


def test_a_rebuilt_index_answers_the_same(shelf, search):
    before = [titles(search(text)) for text in ("撞单", "tag:撞单", "ERP")]
    rebuild()
    assert [titles(search(text)) for text in ("撞单", "tag:撞单", "ERP")] == before
