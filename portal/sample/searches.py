"""What the sample department searched for, and what was done about questions without an answer."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete

from portal.cases.queries.cases import by_ref
from portal.core import access
from portal.extensions import db
from portal.sample.people import Act, Cast
from portal.sample.script import FOLDER, read
from portal.search.log import actions
from portal.search.log.keys import key_of
from portal.search.log.models import GapDecision, LoggedSearch
from portal.search.log.rules import RESULTS


def acts(cast: Cast) -> Iterator[tuple[str, Act]]:
    """Every search and decision with its moment. An act raises `ValueError` when its person is
    not there yet, or cannot read what they open."""
    story = read(FOLDER / "searches.yaml")
    for entry in story["searches"]:
        for each in entry["by"]:
            login, when = each.split(" ", 1)
            yield when, partial(_search, cast, login, entry)
    for decision in story["decisions"]:
        yield decision["when"], partial(_decide, cast, decision)


def take_back(people: Collection[int]) -> None:
    """Remove their searches, and what they decided: without them nobody would have asked."""
    db.session.execute(delete(LoggedSearch).where(LoggedSearch.person_id.in_(people)))
    db.session.execute(delete(GapDecision).where(GapDecision.decided_by_id.in_(people)))


def _search(cast: Cast, login: str, entry: Mapping[str, Any], now: datetime) -> None:
    actor = cast.actor(login, now)
    text = str(entry["text"])
    opened = by_ref(entry["opened"]) if "opened" in entry else None
    if "opened" in entry and (opened is None or not access.allows(actor, "case:read", opened)):
        raise ValueError(f"{login} cannot open {entry['opened']} on {now:%Y-%m-%d}")
    db.session.add(LoggedSearch(
        person_id=actor.id, text=text, key=key_of(text), total=entry["found"], surface=RESULTS,
        searched_at=now, opened_ref=opened.search_ref if opened else None,
        opened_rank=entry.get("rank"),
    ))


def _decide(cast: Cast, decision: Mapping[str, Any], now: datetime) -> None:
    actor = cast.actor(decision["by"], now)
    if "asked" not in decision:
        actions.dismiss(actor, decision["text"], now)
        return
    question = by_ref(decision["asked"])
    if question is None:
        raise ValueError(f"{decision['asked']} is not there on {now:%Y-%m-%d}")
    actions.gap_asked(actor.id, decision["text"], question.search_ref, now)
