"""What templates ask about money."""

from flask import Flask

from portal.core import clock
from portal.leads.money import words
from portal.leads.money.models import Receivable
from portal.leads.money.rules import state_of


def init_app(app: Flask) -> None:
    """Give the templates how a receivable stands, and the words for it."""
    app.jinja_env.globals.update(receivable_state=state, receivable_states=words.STATES)


def state(receivable: Receivable) -> str:
    """How it stands today."""
    return state_of(voided=receivable.voided_at is not None, due_on=receivable.due_on,
                    open_amount=receivable.open_amount, today=clock.today())
