"""A playbook with values in it: as a page, as Markdown, as a message; or ready to be filled."""

import re
from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from portal.cases.playbooks import filling
from portal.cases.playbooks.messages import as_message
from portal.core import markdown, placeholders
from portal.core.i18n import current_language
from portal.core.placeholders import Placeholder
from portal.core.templating import day

# Marks around what the browser fills; a text that holds such signs loses them.
OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
MARKS = str.maketrans("", "", OPEN + MIDDLE + CLOSE)
MARKED = re.compile(f"{OPEN}([^{MIDDLE}]*){MIDDLE}([^{CLOSE}]*){CLOSE}")
FILLED = Markup('<span class="filled" data-fill="{}" data-label="{}" data-default="{}">{}</span>')
EMPTY = Markup('<span class="blank" data-fill="{}" data-label="{}" data-default="">{}</span>')


def page(text: str, values: Mapping[str, str]) -> Markup:
    """Safe HTML; what nobody filled is a line to write on."""
    language = current_language()

    def place(each: Placeholder) -> Markup:
        label, said = each.label(language), values.get(each.key) or each.default
        if not said:
            return EMPTY.format(each.key, label, label)
        return FILLED.format(each.key, label, each.default, in_words(said))

    return placeholders.replaced(markdown.with_names(text), place)


def message(text: str, values: Mapping[str, str]) -> str:
    """Plain text for a chat."""
    return MARKED.sub(
        lambda place: in_words(values.get(place[1]) or place[2]) or filling.BLANK,
        message_template(text),
    )


def template(text: str) -> str:
    """The Markdown, with marks where the browser puts values."""
    return _open(text)


def message_template(text: str) -> str:
    """The plain text, likewise."""
    return as_message(_open(text))


def in_words(value: str) -> str:
    """A value as it is shown: a date as the reader writes dates."""
    try:
        return day(date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value


def _open(text: str) -> str:
    return filling.replaced(
        text.translate(MARKS), lambda each: f"{OPEN}{each.key}{MIDDLE}{each.default}{CLOSE}"
    )
