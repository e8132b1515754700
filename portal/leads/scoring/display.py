"""What templates ask about scores."""

from flask import Flask

from portal.leads.scoring import words


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(
        score_dimensions=words.DIMENSIONS, score_grades=words.GRADES,
    )
