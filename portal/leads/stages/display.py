"""What templates ask about stages: words in the reader's language, answers, states of reviews."""

from collections.abc import Iterable, Iterator, Mapping

from flask import Flask

from portal.core.i18n import current_language
from portal.core.templating import day
from portal.customers.words import listed, term_word
from portal.leads.models import Lead
from portal.leads.stages import words
from portal.leads.stages.models import StageAnswer
from portal.leads.stages.queries import Answered
from portal.leads.stages.rules import FIELD, Stage
from portal.leads.words import money


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(
        language_now=current_language, words_now=words.worded, all_words=all_words,
        review_states=words.STATES, stage_answers=stage_answers,
    )


def all_words(many: Iterable[Mapping[str, str]]) -> str:
    return listed([words.worded(each) for each in many])


def stage_answers(
    lead: Lead, stage: Stage, answered: Answered
) -> Iterator[tuple[str, str, StageAnswer | None]]:
    """What was answered at a stage: as it was asked then, the answer, and the row behind it."""
    for item in stage.content.items:
        if item.kind == FIELD and item.field in answered.fields:
            yield item.words.in_(current_language()), field_word(lead, item.field), None
    for (code, _item), answer in answered.newest.items():
        if code == stage.code and answer.value:
            yield (words.worded(answer.words), words.answer_word(answer.kind, answer.value),
                   answer)


def field_word(lead: Lead, name: str) -> str:
    """A field of the lead in words."""
    value = getattr(lead, name)
    if name == "contact_id":
        return lead.contact.name if lead.contact else ""
    if name in ("amount", "contract_amount", "margin"):
        return money(value, lead.currency)
    if name in ("expected_close", "signed_on"):
        return day(value)
    return listed(value) if name == "competitors" else term_word("product", value)
