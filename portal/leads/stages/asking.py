"""What the page of a move asks for: only what is missing, each as a field to answer in place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.core.i18n import current_language
from portal.customers.models import Contact
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.stages.actions.answering import FIELD_KINDS, key_of
from portal.leads.stages.models import StageReview
from portal.leads.stages.queries import Answered, answered_of, stage_map
from portal.leads.stages.rules import FIELD, TEXT, Gate, Item, Stage, lacking
from portal.lists.queries import choices

PREFIX = "a:"
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Ask:
    """One thing to answer. `input` is tick, text, amount, date, select or names."""

    name: str
    words: str
    input: str
    value: str
    error: Any
    required: bool
    choices: Choices = ()

    @property
    def id(self) -> str:
        return "answer-" + "".join(sign if sign.isalnum() else "-" for sign in self.name[2:])


@dataclass(frozen=True)
class GateAsk:
    """A gate on the way, and how its review stands."""

    stage: Stage
    gate: Gate
    words: str
    review: StageReview | None

    @property
    def value(self) -> str:
        """What the button that asks for the review sends."""
        return key_of(self.stage.code, self.gate.key)


@dataclass(frozen=True)
class Asked:
    """Everything that a move still asks for."""

    required: Sequence[tuple[Stage, Sequence[Ask]]]
    optional: Sequence[Ask]
    gates: Sequence[GateAsk]

    @property
    def is_clear(self) -> bool:
        return not self.required and not self.gates


def asked_for(
    lead: Lead, to_stage: str, typed: Mapping[str, str], errors: Mapping[str, Any],
    answered: Answered | None = None,
) -> Asked:
    """What lacks for this move, required things first; what was typed stands in its field."""
    stages, answered = stage_map(), answered or answered_of(lead)
    keys = answered.keys(stages)
    lacks = lacking(stages, lead.stage, to_stage, keys, answered.passed)
    maker = _Maker(lead, typed, errors)
    required = [
        (stage, [maker.ask(stage, lack.item) for lack in lacks
                 if lack.item and lack.stage == stage.code])
        for stage in stages.left(lead.stage, to_stage)
    ]
    optional = [
        maker.ask(stage, item) for stage in stages.left(lead.stage, to_stage)
        for item in stage.content.items
        if not item.required and (stage.code, item.key) not in keys
    ]
    gates = [
        GateAsk(stages[lack.stage], lack.gate, lack.gate.words.in_(current_language()),
                answered.reviews.get((lack.stage, lack.key)))
        for lack in lacks if lack.gate
    ]
    return Asked([(stage, asks) for stage, asks in required if asks], optional, gates)


def typed_answers(form: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The answers in what a page sent."""
    return {name.removeprefix(PREFIX): value for name, value in form if name.startswith(PREFIX)}


class _Maker:
    """Makes fields; the contacts of the customer are read once, when one is asked for."""

    def __init__(
        self, lead: Lead, typed: Mapping[str, str], errors: Mapping[str, Any]
    ) -> None:
        self._lead, self._typed, self._errors = lead, typed, errors

    def ask(self, stage: Stage, item: Item) -> Ask:
        key = key_of(stage.code, item.key)
        return Ask(
            PREFIX + key, item.words.in_(current_language()), _input(item),
            self._typed.get(key, ""), self._errors.get(key), item.required, self._choices(item),
        )

    def _choices(self, item: Item) -> Choices:
        if item.kind != FIELD:
            return ()
        if item.field == "product":
            return choices("product", current_language())
        return self._contacts() if item.field == "contact_id" else ()

    def _contacts(self) -> Choices:
        rows = db.session.execute(
            select(Contact.id, Contact.name, Contact.job_title)
            .where(Contact.customer_id == self._lead.customer_id, Contact.voided_at.is_(None))
            .order_by(Contact.id).limit(200)
        )
        return [(str(number), f"{name} ({title})" if title else name)
                for number, name, title in rows]


def _input(item: Item) -> str:
    if item.kind != FIELD:
        return item.kind
    if item.field in ("product", "contact_id"):
        return "select"
    return "names" if item.field == "competitors" else FIELD_KINDS.get(item.field, TEXT)
