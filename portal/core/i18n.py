"""Marks strings for translation outside of requests, and knows the two languages."""

from flask import has_request_context, request
from flask_babel import force_locale, get_locale, gettext, lazy_gettext, ngettext

LANGUAGES = {"zh": "中文", "en": "English"}
HTML_LANG = {"zh": "zh-CN", "en": "en"}

__all__ = [
    "HTML_LANG", "LANGUAGES", "browser_language", "current_language", "force_locale", "gettext",
    "lazy_gettext", "ngettext",
]


def browser_language() -> str:
    """The language the browser prefers; Chinese when it names neither."""
    if not has_request_context():
        return "zh"
    for tag in request.accept_languages.values():
        language = tag.split("-")[0].lower()
        if language in LANGUAGES:
            return language
    return "zh"


def current_language() -> str:
    """The language of the answer that is being written: `zh` or `en`."""
    return str(get_locale())
