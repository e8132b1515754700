"""What the results page asks: addresses with one thing changed, and the words for what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote_plus

from flask import Flask, g, request

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.render import this_page
from portal.search.find import Question, Results, Value, Way
from portal.search.query import Note
from portal.search.sources import is_by_name, scopes

FACET_WORDS: dict[str, Any] = {
    "kind": _l("Kind"), "state": _l("State of a problem"), "stage": _l("Stage"),
    "industry": _l("Industry"), "product": _l("Product"), "region": _l("Region"),
    "confidence": _l("Trust"), "tag": _l("Tag"), "author": _l("Author"),
    "language": _l("Language"), "before": _l("Before"), "after": _l("After"),
    "-": _l("Without"),
}
SCOPE_WORDS: dict[str, Any] = {
    "library": _l("Case library"), "people": _l("People"),
    "customers": _l("Customers and leads"),
}
# Facets that stand open; the others unfold.
OPEN_FACETS = ("kind", "state", "industry", "product", "tag")
# So many values show before "more".
FIRST_VALUES = 5


@dataclass(frozen=True)
class Chip:
    """Something that narrows the results, and the address without it."""

    field: str
    label: str
    url: str


def init_app(app: Flask) -> None:
    """Give the templates these functions."""
    app.jinja_env.globals.update(
        with_argument=with_argument, toggled=toggled, note_words=note_words, chips=chips,
        scope_tabs=scope_tabs, spans_of_days=spans_of_days,
        way_words=way_words, way_url=way_url, facet_words=FACET_WORDS, open_facets=OPEN_FACETS,
        first_values=FIRST_VALUES, unfiltered=unfiltered, is_telling=is_telling,
        with_value=with_value,
    )


def with_argument(name: str, value: str) -> str:
    """The present address with one argument set; back on the first page."""
    return _address({**_arguments(), name: [value]})


def without(*names: str) -> str:
    """The present address without some arguments."""
    return _address({name: each for name, each in _arguments().items() if name not in names})


def toggled(name: str, value: str) -> str:
    """The present address with one value of a filter added, or taken away."""
    arguments = _arguments()
    values = arguments.get(name, [])
    if value in values:
        return _address({**arguments, name: [each for each in values if each != value]})
    # A page has fifty of these; only what differs is written anew.
    base = g.get("search_address")
    if base is None:
        base = g.search_address = _address(arguments)
    return f"{base}{'&' if '?' in base else '?'}{quote_plus(name)}={quote_plus(value)}"


def chips(question: Question, results: Results) -> list[Chip]:
    """All that narrows the results, each to be lifted: chosen, typed, and the days."""
    chosen = [
        Chip(str(FACET_WORDS[name]), value.label, toggled(name, value.code))
        for name, values in results.facets.items() for value in values if value.chosen
    ]
    typed = [
        Chip(str(FACET_WORDS[part.name]), part.value,
             with_argument("q", results.query.without(part)))
        for part in results.query.parts if part.value
    ]
    days = [
        Chip(word, day.isoformat(), without(name))
        for name, word, day in (("since", _("From"), question.since),
                                ("until", _("Until"), question.until)) if day
    ]
    archive = [Chip("", _("With the archive"), without("archive"))] if question.archive else []
    return [*chosen, *typed, *days, *archive]


def unfiltered(question: Question) -> str:
    """The words alone, in their scope."""
    text = question.query.without(*question.query.parts)
    return _address({name: [value] for name, value in (("q", text), ("scope", _asked_scope()))
                     if value})


def _asked_scope() -> str:
    return request.args.get("scope", "")


def is_telling(values: Sequence[Value], results: Results) -> bool:
    """Whether a facet divides the results; one value that all have is no choice."""
    return len(values) > 1 or values[0].chosen or values[0].count != results.total


def with_value(question: Question, note: Note, value: str) -> str:
    """The present address with a value that exists in place of one that nobody knows."""
    query = question.query
    wrong = next((part for part in query.parts
                  if part.name == note.field and note.text in part.value), None)
    text = query.without(wrong) if wrong else question.text
    quoted = f'"{value}"' if " " in value else value
    return with_argument("q", f"{text} {note.field}:{quoted}".strip())


def scope_tabs(question: Question, results: Results) -> list[dict[str, Any]]:
    """Where else the same is looked for: tabs, once more than one scope can be searched."""
    known = scopes(g.actor)
    if len(known) < 2:
        return []
    return [
        {"label": SCOPE_WORDS.get(scope, scope), "active": scope == question.scope,
         "url": _address({"q": [question.text], "scope": [] if scope == "library" else [scope]}),
         "count": _count(scope, question, results)}
        for scope in known
    ]


def _count(scope: str, question: Question, results: Results) -> int | None:
    """How much a scope holds, where that is known: with filters of one scope the numbers of the
    others would promise too little, and names are counted only when they are looked for."""
    if scope == question.scope:
        return results.total
    known = results.scopes and not question.filters and not is_by_name(scope)
    return results.scopes.get(scope, 0) if known else None


def spans_of_days(question: Question) -> list[dict[str, Any]]:
    """Quick choices of days."""
    today = clock.today()
    choices = [
        (_("This month"), today.replace(day=1)), (_("90 days"), today - timedelta(days=90)),
        (_("One year"), today - timedelta(days=365)),
    ]
    return [
        {"label": label, "active": question.since == since and question.until is None,
         "url": _since(None if question.since == since else since)}
        for label, since in choices
    ]


def _since(day: date | None) -> str:
    return _address({**_arguments(), "since": [day.isoformat()] if day else [], "until": []})


def way_words(way: Way) -> str:
    """What would be asked instead."""
    code, _colon, scope = way.code.partition(":")
    worded = {
        "filters": lambda: _("without the filters"),
        "fields": lambda: _("only the words, without %(parts)s",
                            parts=" ".join(f"{p.name}:{p.value}" for p in _typed_fields())),
        "part": lambda: _("without %(parts)s", parts=scope),
        "exclusions": lambda: _("without the exclusions"),
        "words": lambda: _("only the words, wherever they stand"),
        "quotes": lambda: _("without the quotation marks"),
        "archive": lambda: _("with the archive"),
        "scope": lambda: _("in “%(scope)s”", scope=SCOPE_WORDS.get(scope, scope)),
    }
    return str(worded[code]())


def _typed_fields() -> list[Any]:
    query = Question(request.args.get("q", "")).query
    return [part for part in query.parts if part.name != "-"]


def way_url(way: Way) -> str:
    """The address that asks it."""
    asked = way.question
    arguments: dict[str, Any] = {"q": asked.text, **asked.filters}
    if asked.scope != "library":
        arguments["scope"] = asked.scope
    if asked.archive:
        arguments["archive"] = "1"
    for name, day in (("since", asked.since), ("until", asked.until)):
        if day:
            arguments[name] = day.isoformat()
    if asked.sort != "relevance":
        arguments["sort"] = asked.sort
    return this_page(arguments)


def note_words(note: Note) -> str:
    """What happened to a part of the query that could not be used."""
    if note.code == "unknown_value":
        return _unknown(note)
    explained = {
        "open_quote": _("The quotation mark is not closed; it was read as ordinary words."),
        "lonely_minus": _("A minus alone excludes nothing; write it right before a word."),
        "empty_field": _("Nothing stands after “%(text)s”; it was left out.", text=note.text),
        "bad_date": _("“%(text)s” is not a date and was left out; write it like 2026-01-31.",
                      text=note.text),
        "empty_range": _("The dates exclude everything: the end is before the start."),
        "too_long": _("The query is long; only its beginning was used."),
        "only_excluded": _("There are only exclusions: everything else is shown, newest first."),
    }
    return explained.get(note.code, note.text)


def _unknown(note: Note) -> str:
    """A value that no record has, as far as the reader may know."""
    told = {
        "tag": _("No tag is called “%(text)s”, so nothing has it.", text=note.text),
        "kind": _("No kind of case is called “%(text)s”, so nothing is of it.", text=note.text),
        "author": _("Nobody here is called “%(text)s”.", text=note.text),
    }
    other = _("“%(text)s” is not known as %(field)s.", text=note.text,
              field=FACET_WORDS.get(note.field, note.field))
    return told.get(note.field, other)


def _arguments() -> dict[str, Any]:
    arguments: dict[str, Any] = g.get("search_arguments")
    if arguments is None:
        arguments = g.search_arguments = {
            name: values for name, values in request.args.to_dict(flat=False).items()
            if name not in ("page", "lang")
        }
    return dict(arguments)


def _address(arguments: dict[str, Any]) -> str:
    return this_page({name: values for name, values in arguments.items() if values})
