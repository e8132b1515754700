"""What waits for a person in the case library, as rows of the start page."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from portal.cases.models import Case, Solution
from portal.cases.queries import waiting
from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.extensions import db
from portal.people.rules import Actor


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """The most pressing first; within one sort, what has waited longest."""
    yield from map(_asked, db.session.scalars(waiting.asked_of(actor)))
    if actor.tree.led_by(actor.id):
        yield from map(_unanswered, db.session.scalars(waiting.unanswered(actor)))
    answered = db.session.scalars(waiting.to_accept(actor)).all()
    answers = _answers(actor, answered)
    yield from (_to_accept(case, answers) for case in answered)


def _row(case: Case, pressing: Pressing, what: str, icon: str, tone: str, action: str,
         **more: Any) -> Row:
    url = url_for("cases.show", case_id=case.id)
    values = {"who": case.author_name, "since": case.created_at, "target": url, **more}
    return Row(pressing=pressing, what=what, title=case.title, open=url, icon=icon, tone=tone,
               action=action, **values)


def _asked(case: Case) -> Row:
    return _row(case, Pressing.ANSWER, _("Asked of you"), "user-exclamation", "red", _("Answer"),
                key=f"answer:{case.id}")


def _unanswered(case: Case) -> Row:
    # The question stands above the box for the answer; who has not read it must.
    return _row(case, Pressing.ANSWER, _("Waits for an answer"), "help-circle", "red",
                _("Answer"), key=f"answer:{case.id}")


def _answers(actor: Actor, mine: Sequence[Case]) -> dict[int, Solution]:
    """The newest answer to each of one's own open problems."""
    ids = [case.id for case in mine]
    found = db.session.scalars(waiting.answers_to(ids, actor)) if ids else ()
    return {answer.case_id: answer for answer in found}


def _to_accept(case: Case, answers: dict[int, Solution]) -> Row:
    url = url_for("cases.show", case_id=case.id, _anchor="solutions")
    # An answer may have come between the two questions to the database.
    answer = answers.get(case.id)
    return _row(case, Pressing.DECIDE, _("Has a solution: did it help?"), "bulb", "blue",
                _("See the answer"), target=url, who=answer.author_name if answer else "",
                since=answer.created_at if answer else case.updated_at)
