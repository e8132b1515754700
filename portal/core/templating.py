"""What every template may use: times, sizes, permissions and the navigation."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, g, get_flashed_messages, url_for
from flask_babel import (
    format_date,
    format_time,
    format_timedelta,
    get_domain,
    gettext,
)
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from portal.core import access, clock, markdown
from portal.core.i18n import HTML_LANG, current_language


class _MacrosMadeOnce(Template):
    """A template whose macros, imported without context, are made once.

    The library compares all global names at every import first, because a template could have
    globals of its own; here none has.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


@dataclass(frozen=True)
class Entry:
    """A place in the navigation; a group has children."""

    label: Any
    url: str
    icon: str
    active: bool = False
    short_label: Any = None
    count: int | None = None
    children: tuple["Entry", ...] = field(default=())


def ago(moment: datetime) -> str:
    """How long ago, in words; the date itself after a month."""
    passed = clock.now() - moment
    if passed < timedelta(minutes=1):
        return str(gettext("just now"))
    if passed < timedelta(days=30):
        return str(format_timedelta(-passed, add_direction=True, threshold=0.99))
    return _date_in(current_language(), moment)


def exact(moment: datetime) -> str:
    return _time_in(current_language(), moment)


# Lists show the same moments again and again, and wording one takes long.
@lru_cache(maxsize=8192)
def _date_in(language: str, moment: datetime) -> str:
    return str(format_date(moment, "medium"))


@lru_cache(maxsize=8192)
def _time_in(language: str, moment: datetime) -> str:
    return f"{format_date(moment, 'medium')} {format_time(moment, 'short')}"


def day(value: date) -> str:
    """A calendar day, which belongs to no zone."""
    return str(format_date(value, "medium", rebase=False))


def bytes_in_words(size: int) -> str:
    """A file's size: B, KB or MB with one decimal."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < 1024**2 else f"{size / 1024**2:.1f} MB"


def can(permission: str, row: Any = None) -> bool:
    """Whether the reader of this page may."""
    return access.allows(g.get("actor"), permission, row)


def sprite() -> str:
    """The address of all icons; a page shows some hundred."""
    if "sprite" not in g:
        g.sprite = url_for("static", filename="vendor/icons.svg")
    address: str = g.sprite
    return address


def _translations() -> Any:
    """The catalogue of this answer, looked up once: a page has hundreds of words."""
    if "translations" not in g:
        g.translations = get_domain().get_translations()
    return g.translations


def _word(text: str, /, **values: Any) -> Markup:
    """The text in the reader's language. Templates are HTML, so values are escaped."""
    return _said(_translations(), text) if not values else (
        Markup(_translations().gettext(text)) % values)  # noqa: S704 - our own words


@lru_cache(maxsize=8192)
def _said(translations: Any, text: str) -> Markup:
    # The formatting makes one sign of each "%%".
    return Markup(translations.gettext(text)) % {}  # noqa: S704 - our own words


def _counted(one: str, many: str, number: int) -> str:
    words: str = _translations().ngettext(one, many, number)
    return words


def init_app(app: Flask, navigation: Callable[[], Iterable[Entry]]) -> None:
    """Filters, functions and the version of the static files."""
    app.jinja_env.filters.update(
        ago=ago, exact=exact, day=day, markdown=markdown.render, filesize=bytes_in_words
    )
    app.jinja_env.globals.update(can=can, navigation=navigation, now=clock.now, sprite=sprite)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=_word, ngettext=_counted, newstyle=True
    )
    # The extension's own way asks three functions for each of some hundred words.
    app.jinja_env.globals.update(_=_word, gettext=_word)
    app.jinja_env.template_class = _MacrosMadeOnce
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    version = _version(Path(app.static_folder or ""))

    @app.url_defaults
    def static_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["v"] = version

    @app.context_processor
    def page() -> dict[str, Any]:
        return {
            "viewer": g.get("user"),
            "html_lang": HTML_LANG.get(current_language(), "zh-CN"),
            "asset_version": version,
            "get_flashed_messages": get_flashed_messages,
        }


def _version(folder: Path) -> str:
    """Changes whenever a built file changes."""
    digest = hashlib.sha256()
    for path in sorted((folder / "vendor").glob("*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
