"""What templates ask about flags."""

from flask import Flask

from portal.cases.trust.words import flag_word, resolution_word


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(flag_word=flag_word, resolution_word=resolution_word)
