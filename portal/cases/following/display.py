"""What lists of cases show of following: a star beside each case, a bell beside each filter."""

from collections.abc import Collection, Iterable
from typing import Any

from flask import Flask, g

from portal.cases.following import kept, offers
from portal.cases.models import Case


def init_app(app: Flask) -> None:
    """Give the templates both."""
    app.jinja_env.globals.update(bookmarked_among=bookmarked_among, follow_offers=follow_offers)


def bookmarked_among(cases: Iterable[Case]) -> Collection[int]:
    """The ids of those that the reader keeps; one statement for a list."""
    return kept.kept_among(g.actor.id, cases)


def follow_offers(filters: Any) -> list[offers.Offer]:
    """What of these filters can be followed."""
    return offers.of_filters(g.actor, filters)
