"""What is said of a customer that somebody has already: also how far they are."""

from flask import Flask

from portal.customers import taken
from portal.leads.checking.answering import stages_of


def init_app(app: Flask) -> None:
    """Let the room below say at which stage the deals are."""
    taken.install(stages_of)
