"""The placeholders that the editor of a playbook offers."""

from flask import Flask

from portal.core.i18n import current_language
from portal.core.placeholders import KNOWN

# The ones that most playbooks need, in the order of a conversation.
OFFERED = ("customer", "contact", "title", "industry", "product", "amount", "competitor",
           "problem", "date", "deadline", "place", "rep")


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(placeholder_words=placeholder_words, in_braces=in_braces)


def in_braces(word: str) -> str:
    """A word as a placeholder."""
    return f"{{{{{word}}}}}"


def placeholder_words() -> list[str]:
    """Words to write in double braces, in the reader's language."""
    language = current_language()
    return [KNOWN[key].zh if language == "zh" else KNOWN[key].en.lower() for key in OFFERED]
