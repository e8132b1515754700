"""What templates ask about stages: words in the reader's language, answers, states of reviews."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask import Flask, url_for
from markupsafe import Markup

from portal.core.i18n import current_language
from portal.core.templating import day
from portal.customers.words import listed, term_word
from portal.leads.models import Lead
from portal.leads.queries.filters import LeadFilters
from portal.leads.stages import words
from portal.leads.stages.models import StageAnswer
from portal.leads.stages.queries import Answered
from portal.leads.stages.rules import FIELD, Stage
from portal.leads.words import money


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(
        language_now=current_language, words_now=words.worded, all_words=all_words,
        review_states=words.STATES, stage_answers=stage_answers, stage_roles=words.ROLES,
        stage_groups=words.GROUPS, stage_kinds=words.KINDS, stage_fields=words.FIELDS,
        lead_list_link=lead_list_link,
    )


def lead_list_link(count: int, filters: LeadFilters, **narrower: Any) -> Markup | str:
    """A number that opens its leads; the filters are those behind the number."""
    if not count:
        return str(count)
    chosen: dict[str, Any] = {**replace(filters, **narrower).as_args()}
    if filters.team is None:
        # Lists that are told nothing show one's own.
        chosen.setdefault("owner", "all")
    url = url_for("board.lead_list", **chosen)
    return Markup('<a href="{url}">{count}</a>').format(url=url, count=count)


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
