"""Whatever the library holds, no surface of search tells anybody of what they may not read (S3).

Random people, audiences, drafts and archives; every text of a case holds a code word that stands
nowhere else, so a leak is a code word on the wrong page.
"""

import random
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from portal.cases import rules
from portal.cases.actions import cases
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search import find, indexer
from tests import characters

pytestmark = pytest.mark.usefixtures("either_engine")
COMMON = "撞单"
PLACES = ("title", "body", "tag", "solution", "comment", "file", "filename")


@dataclass(frozen=True)
class Hidden:
    """One recorded case: who may read it is the rule's business, the words are its own."""

    case_id: int
    words: dict[str, str]


def code_word(chance: random.Random) -> str:
    """Eleven letters that are far from any other word."""
    return "".join(chance.choices(string.ascii_lowercase, k=11))


def misspelt(word: str) -> str:
    return word[:5] + ("a" if word[5] != "a" else "b") + word[6:]


@pytest.fixture
def shelf(app, clock, record, propose, remark, attach):
    """`shelf(chance)` records cases as chance wants them, by people it picks."""

    def fill(chance: random.Random) -> list[Hidden]:
        return [record_one(chance, number) for number in range(chance.randint(4, 7))]

    def record_one(chance: random.Random, number: int) -> Hidden:
        words = {place: code_word(chance) for place in PLACES}
        owner = characters.character(chance.choice(list(characters.PEOPLE)))
        fate = chance.choice(("draft", "discarded", "published", "published", "archived"))
        case = record(
            owner, kind=chance.choice(rules.KINDS[:1] + rules.KINDS[3:]),
            title=f"{COMMON} {words['title']}", body=f"{COMMON}仲裁 {words['body']}",
            tags=(f"{COMMON}{words['tag']}",), audience=chance.choice(rules.AUDIENCES),
            draft=fate in ("draft", "discarded"),
        )
        if fate in ("published", "archived"):
            if case.kind == "problem":
                propose(owner, case, f"先看记录 {words['solution']}")
            remark(owner, case, f"同意 {words['comment']}")
        attach(owner, case, f"{words['filename']}.txt", f"{COMMON} {words['file']}".encode())
        if fate in ("archived", "discarded"):
            with transaction():
                cases.archive_case(owner.actor, db.session.get_one(Case, case.id), clock())
        return Hidden(case.id, words)

    return fill


def readable_by(person: characters.Character, hidden: Hidden) -> bool:
    case = db.session.get_one(Case, hidden.case_id)
    actor = person.actor
    return rules.readable(
        audience=case.audience, confidence=case.confidence, owner_id=case.owner_id,
        team_id=case.team_id, reader_id=actor.id, reader_teams=actor.reads_teams,
        reader_is_manager=actor.is_manager,
    )


def surfaces(
    chance: random.Random, hidden: list[Hidden], mine: list[Hidden]
) -> Iterator[str]:
    """Every address of search; the words of hidden cases are asked for in part, or misspelt."""
    yield from (
        f"/search?q={COMMON}", f"/search?q={COMMON}&archive=1", f"/search?q={COMMON}&sort=newest",
        "/search", "/search?archive=1", "/search?q=kind:problem", f"/search?q=tag:{COMMON}",
        f"/search/suggest?q={COMMON}", "/search/suggest?q=zhuangdan", "/search/suggest?q=zd",
        "/search/suggest", f"/cases/alike?title={COMMON}仲裁", "/cases", "/search?q=nichtsda",
    )
    for case in hidden:
        for word in chance.sample(sorted(case.words.values()), 3):
            yield f"/search/suggest?q={word[:6]}"
            yield f"/search?q={misspelt(word)}"
        yield f"/search?q=tag:{case.words['tag'][:8]}"
        yield f"/cases/alike?title={misspelt(case.words['title'])} {COMMON}"
    for case in mine[:2]:
        yield f"/cases/{case.case_id}/similar"


@pytest.mark.parametrize("seed", range(4))
def test_no_surface_tells_of_a_hidden_case(seed, shelf, browser):
    chance = random.Random(seed)
    library = shelf(chance)
    for login in characters.PEOPLE:
        person = characters.character(login)
        mine = [each for each in library if readable_by(person, each)]
        hidden = [each for each in library if each not in mine]
        secrets = {word for each in hidden for word in each.words.values()}
        portal = browser(person)
        for address in surfaces(chance, hidden, mine):
            shown = portal.fragment(address).text
            leaked = {word for word in secrets if word in shown}
            assert not leaked, f"{login} reads {leaked} at {address}"


@pytest.mark.parametrize("seed", range(4, 7))
def test_totals_and_facets_count_only_what_the_person_may_read(seed, shelf, app):
    library = shelf(random.Random(seed))
    for login in characters.PEOPLE:
        person = characters.character(login)
        mine = {each.case_id for each in library if readable_by(person, each)}
        with app.test_request_context():
            found = find.search(person.actor, COMMON, archive=True, limit=50)
        assert found.total == len(mine)
        assert {hit.card.ref for hit in found.found} == {f"case:{each}" for each in mine}
        assert sum(value.count for value in found.facets.get("kind", ())) == len(mine)


@pytest.mark.parametrize("seed", range(7, 10))
def test_a_hidden_word_is_answered_like_a_word_that_nobody_wrote(seed, shelf, browser):
    chance = random.Random(seed)
    library = shelf(chance)
    for login in characters.PEOPLE:
        person = characters.character(login)
        portal = browser(person)
        hidden = [each for each in library if not readable_by(person, each)]
        for each in hidden[:2]:
            word, nobodys = each.words[chance.choice(PLACES)], code_word(chance)
            for address in ("/search?q={}", "/search/suggest?q={}", "/search?q=tag:{}",
                            "/search?q=撞单+{}", "/search?q=-{}+撞单", "/search?tag={}"):
                known = _comparable(portal.fragment(address.format(word)).text, word)
                unknown = _comparable(portal.fragment(address.format(nobodys)).text, nobodys)
                assert known == unknown, f"{login} can tell that {word} exists at {address}"


@pytest.fixture
def moving_house(record, alice, bob):
    """Cases for everybody whose order hangs by little, and a draft of Alice's."""
    for number in range(6):
        body = "warehouse warehouse warehouse moving " + "filler " * number
        record(bob, title=f"case number {number}", body=body)
    record(bob, title="warehouse", body="nothing else here " * 5)
    record(bob, title="warehouse moving", body="short")
    record(bob, title="moving house today", body="warehouse " * 6)
    record(alice, title="zorblaxium", body="zorblaxium quibblefrotz plinkaton", draft=True)
    indexer.index_pending()


def test_a_hidden_word_does_not_change_the_order(moving_house, found, carol):
    for asked in ("warehouse {}", "moving {}", "moving warehouse {}"):
        assert found(carol, asked.format("zorblaxium")) == found(carol, asked.format("mindraxon"))


def test_a_hidden_word_does_not_change_what_is_alike(moving_house, app, carol):
    def alike(words):
        with app.test_request_context():
            return [card.title for card in find.similar(carol.actor, words)]

    hidden, nobodys = "zorblaxium quibblefrotz plinkaton", "mindraxon plokuvat kwertyhop"
    for asked in ("warehouse", "moving", "case number"):
        assert alike(f"{asked} {hidden}") == alike(f"{asked} {nobodys}")
        assert alike(f"{asked} zorblaxium") == alike(f"{asked} mindraxon")


def test_a_hidden_word_does_not_change_what_another_is_taken_for(record, browser, alice, carol):
    record(alice, title="Moving the warehouse")
    record(alice, title="Moving the warehousi and 仓库盘点", draft=True)
    shown = browser(carol).fragment("/search?q=warehousi").text
    assert "Moving the" in shown
    assert "仓库" not in browser(carol).fragment("/search?q=cangkupandian").text
    assert "Moving the" not in browser(carol).fragment("/search/suggest?q=cangkupandian").text


def _comparable(html: str, word: str) -> str:
    """The page without its own question, and without what differs from page to page."""
    html = re.sub(r'(nonce|value|content)="[^"]*"', "", html.replace(word, "WORD"))
    return " ".join(html.split())
