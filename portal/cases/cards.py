"""What lists of hits show of a case: its card, and in short while somebody is typing."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from flask import url_for

from portal.cases import rules
from portal.cases.queries import lines as queries
from portal.cases.words import kind_icon, kind_word, trust_word
from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.plain_text import plain
from portal.people.rules import Actor
from portal.search.sources import Badge, Card

STATE_TONES = {"solved": "green", "answered": "blue", "open": "amber"}


def cards(actor: Actor, ids: Collection[int]) -> Mapping[int, Card]:
    """Cases as result cards, those the actor may read."""
    rows = queries.lines_by_ids(actor, ids, with_body=True)
    tags = queries.tags_of([row.id for row in rows])
    words, today, address = _Words(), clock.today(), _addresses(rows)
    return {
        row.id: _card(row, address[row.id], text=plain(row.body), tags=tags.get(row.id, ()),
                      badges=tuple(_badges(row, words, today)))
        for row in rows
    }


def briefs(actor: Actor, ids: Collection[int]) -> Mapping[int, Card]:
    """Titles and authors alone, in one statement without the texts."""
    rows = queries.lines_by_ids(actor, ids)
    words, address = _Words(), _addresses(rows)
    return {
        row.id: _card(row, address[row.id], badges=(Badge(words.kind(row.kind), "blue"),))
        for row in rows
    }


def _card(
    row: Any, url: str, *, badges: tuple[Badge, ...], text: str = "", tags: tuple[str, ...] = ()
) -> Card:
    return Card(
        ref=f"case:{row.id}", name=row.ref, kind=row.kind, title=row.title, url=url, text=text,
        author=(row.byline or row.owner).split(" <")[0], created=row.created_at,
        icon=kind_icon(row.kind), badges=badges, tags=tags,
    )


def _badges(row: Any, words: "_Words", today: date) -> Iterable[Badge]:
    yield Badge(words.kind(row.kind), "blue")
    if row.urgent:
        yield Badge(_("Difficulty alert"), "red")
    if row.kind == "problem" and row.confidence not in rules.PRIVATE:
        yield Badge(words.trust(row.state), STATE_TONES.get(row.state, "grey"))
    badge = rules.trust(row.confidence, row.verified_until, today)
    yield Badge(words.trust(badge.word), badge.tone)


class _Words:
    """Words of one answer, each translated once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def kind(self, kind: str) -> str:
        return self._known.get(("kind", kind)) or self._keep(("kind", kind), kind_word(kind))

    def trust(self, word: str) -> str:
        return self._known.get(("trust", word)) or self._keep(("trust", word), trust_word(word))

    def _keep(self, key: tuple[str, str], word: Any) -> str:
        return self._known.setdefault(key, str(word))


def _addresses(rows: Iterable[Any]) -> dict[int, str]:
    """The pages of these cases. Building each by `url_for` takes as long as all else of a card."""
    before, after = url_for("cases.show", case_id=0).split("0", 1)
    return {row.id: f"{before}{row.id}{after}" for row in rows}
