"""Which documents of a segment a request may and wants to see; always applied before counting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

import numpy as np

from ..engine import Filters, SearchRequest
from .layout import facet_token
from .segment import Mask
from .snapshot import View


def permitted(view: View, access: frozenset[str], exclude: frozenset[str] = frozenset()) -> Mask:
    """Live documents that one of the reader's tokens opens."""
    mask = view.segment.mask_of("access", access)
    mask[view.deleted] = False
    mask[view.segment.numbers_of(exclude)] = False
    return mask


def within_days(view: View, since: date | None, until: date | None, zone: tzinfo) -> Mask:
    """Documents created on these days in a zone, both included."""
    mask = np.ones(view.segment.size, np.bool_)
    if since:
        mask &= view.segment.created >= _midnight(since, zone)
    if until and until < date.max:
        mask &= view.segment.created < _midnight(until + timedelta(days=1), zone)
    return mask


def days_of(request: SearchRequest) -> tuple[date | None, date | None]:
    """The request's and the query's days together: the narrower of each."""
    sinces = [day for day in (request.since, request.query.since) if day]
    untils = [day for day in (request.until, request.query.until) if day]
    return max(sinces, default=None), min(untils, default=None)


def filter_masks(view: View, filters: Filters) -> dict[str, Mask]:
    """One mask per filtered facet; values of one facet are alternatives."""
    return {
        name: view.segment.mask_of("facet", (facet_token(name, value) for value in values))
        for name, values in filters.items()
        if values
    }


def combine(base: Mask, filters: Mapping[str, Mask], *, without: str | None = None) -> Mask:
    """Documents that pass every filter, save the one named `without`."""
    mask = base
    for name, each in filters.items():
        if name != without:
            mask = mask & each
    return mask


def _midnight(day: date, zone: tzinfo) -> int:
    if day == date.min:
        # East of Greenwich it began before the first year.
        zone = UTC
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
