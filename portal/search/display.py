"""What the results page asks: addresses with one thing changed, and what a query could not mean."""

from typing import Any

from flask import Flask, request

from portal.core.i18n import gettext as _
from portal.core.render import this_page
from portal.search.query import Note


def init_app(app: Flask) -> None:
    """Give the templates these functions."""
    app.jinja_env.globals.update(
        with_argument=with_argument, toggled=toggled, note_words=note_words
    )


def with_argument(name: str, value: str) -> str:
    """The present address with one argument set; back on the first page."""
    arguments = _arguments()
    arguments[name] = [value]
    return _address(arguments)


def toggled(name: str, value: str) -> str:
    """The present address with one value of a filter added, or taken away."""
    arguments = _arguments()
    values = arguments.get(name, [])
    arguments[name] = (
        [each for each in values if each != value] if value in values else [*values, value]
    )
    return _address(arguments)


def note_words(note: Note) -> str:
    """What happened to a part of the query that could not be used."""
    explained = {
        "open_quote": _("The quotation mark is not closed; it was read as ordinary words."),
        "lonely_minus": _("A minus alone excludes nothing; write it right before a word."),
        "empty_field": _("Nothing stands after “%(text)s”.", text=note.text),
        "bad_date": _("“%(text)s” is not a date; write it like 2026-01-31.", text=note.text),
        "empty_range": _("The dates exclude everything: the end is before the start."),
        "too_long": _("The query is long; only its beginning was used."),
    }
    return explained.get(note.code, note.text)


def _arguments() -> dict[str, Any]:
    return {k: v for k, v in request.args.to_dict(flat=False).items() if k not in ("page", "lang")}


def _address(arguments: dict[str, Any]) -> str:
    return this_page({name: values for name, values in arguments.items() if values})
