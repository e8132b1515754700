"""`portal search`: one query or many, as everybody or as one person."""

import json

import pytest


@pytest.fixture
def shelf(record, alice):
    record(alice, title="撞单怎么办")
    record(alice, title="撞单团队内部", audience="team")
    record(alice, title="撞单草稿", draft=True)


def test_without_a_name_it_finds_what_everyone_may_read(shelf, portal):
    result = portal("search", "撞单")
    assert result.exit_code == 0
    assert "撞单怎么办" in result.output
    assert "内部" not in result.output
    assert "草稿" not in result.output


@pytest.mark.parametrize(("login", "count"), [
    ("alice", 3), ("bob", 2), ("carol", 1), ("admin", 1),
])
def test_as_a_person_it_finds_what_they_may_read(shelf, portal, login, count):
    result = portal("search", "撞单", "--as", login, "--json")
    assert len(json.loads(result.output)) == count


def test_hits_as_json(shelf, portal):
    hit = json.loads(portal("search", "怎么办", "--json").output)[0]
    assert set(hit) == {"ref", "title", "kind", "score"}
    assert (hit["title"], hit["kind"]) == ("撞单怎么办", "problem")
    assert hit["score"] > 0


def test_the_limit(shelf, portal):
    assert len(json.loads(portal("search", "撞单", "--as", "alice", "--json", "--limit", 1).output
                          )) == 1
    assert portal("search", "撞单", "--limit", 0).exit_code == 2


def test_nothing_found(shelf, portal):
    assert "Nothing found" in portal("search", "飞机").output
    assert json.loads(portal("search", "飞机", "--json").output) == []


def test_many_queries_of_a_file(shelf, portal, tmp_path):
    file = tmp_path / "queries.jsonl"
    rows = [{"id": "a", "query": "撞单"}, {"id": 2, "query": "飞机"}, {"query": "怎么办"}]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n",
                    encoding="utf-8")
    result = portal("search", "--batch", file)
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, None]
    assert [len(answer["refs"]) for answer in answers] == [1, 0, 1]


@pytest.mark.parametrize("row", ["not json", "[]", '{"id": 1}', "null", '"text"'])
def test_a_file_of_something_else_is_told_with_its_line(portal, tmp_path, row):
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": 1, "query": "x"}\n' + row + "\n")
    result = portal("search", "--batch", file)
    assert result.exit_code == 1
    assert "line 2" in result.output


@pytest.mark.parametrize("words", [
    ("search",), ("search", "x", "--as", "nobody"), ("search", "--batch", "/nowhere"),
])
def test_what_is_missing_is_told(portal, words):
    result = portal(*words)
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output
    assert result.output.strip()


def test_who_has_left_searches_no_longer(shelf, portal, bob, app, clock):
    from portal.core.unit_of_work import transaction
    from portal.extensions import db
    from portal.people.models import User

    with transaction():
        db.session.get(User, bob.id).deactivated_at = clock()
    assert portal("search", "撞单", "--as", "bob").exit_code == 1


@pytest.mark.parametrize("query", ['"', "-", "tag:", "((((", "*", "\u202e", "x" * 5000])
def test_no_query_is_an_error(shelf, portal, query):
    assert portal("search", "--", query).exit_code == 0
