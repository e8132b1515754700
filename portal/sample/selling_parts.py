"""The parts of a customer's story as plain values: its people, deals, visits, calls and words.

Moments and days are written as `portal.sample.calendar` reads them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.sample.script import Step


@dataclass(frozen=True)
class ContactScript:
    """A person at the customer; `birthday` is so many days from today."""

    name: str
    job_title: str = ""
    phone: str = ""
    email: str = ""
    wechat: str = ""
    decision_role: str = ""
    birth_year: int | None = None
    birthday: int | None = None
    preferences: str = ""


@dataclass(frozen=True)
class NextScript:
    """What comes next, and when: a day after a visit or a call, a moment in a lead's own step."""

    text: str
    due: str


@dataclass(frozen=True)
class StepScript(Step):
    """A next step that somebody set."""

    next: NextScript


@dataclass(frozen=True)
class EndScript(Step):
    """How a lead ended; `signed` is a day."""

    status: str
    note: str = ""
    reason: str = ""
    competitors: Sequence[str] = ()
    amount: Decimal | None = None
    margin: Decimal | None = None
    signed: str | None = None


@dataclass(frozen=True)
class PaymentScript:
    """Money that came in on a day; without an amount, all that was open."""

    day: str
    amount: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class BillScript:
    """A receivable: billed and due on days."""

    label: str
    amount: Decimal
    billed: str
    due: str
    paid: Sequence[PaymentScript] = ()


@dataclass(frozen=True)
class UseScript(Step):
    """A case that was used for the lead, and whether it helped."""

    case: str
    outcome: str | None = None


@dataclass(frozen=True)
class GivenScript(Step):
    """The lead goes to somebody: by hand (`to`), by a claim from the pool, or back there."""

    how: str
    to: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ReviewAsked(Step):
    """A review that is asked for and still waits."""

    stage: str
    note: str = ""


@dataclass(frozen=True)
class LeadScript(Step):
    """A deal. `says` answers what the stages ask for in words, `moves` is stage → moment; `close`
    is the expected day."""

    key: str
    title: str
    channel: str
    product: str | None = None
    amount: Decimal | None = None
    close: str | None = None
    note: str = ""
    competitors: Sequence[str] = ()
    pooled: bool = False
    score: Mapping[str, int] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    waits: ReviewAsked | None = None
    step: StepScript | None = None
    given: Sequence[GivenScript] = ()
    end: EndScript | None = None
    bills: Sequence[BillScript] = ()
    uses: Sequence[UseScript] = ()


@dataclass(frozen=True)
class ReviewScript:
    """What came of a visit."""

    when: str
    result: str
    words: str = ""
    worked: str = ""
    not_worked: str = ""
    next: NextScript | None = None


@dataclass(frozen=True)
class TalkScript(Step):
    """A comment on a visit."""

    body: str


@dataclass(frozen=True)
class VisitScript(Step):
    """A visit that was planned at a moment for a day; `met` and `wants` name contacts."""

    day: str
    goal: str
    purpose: str = "needs"
    at: str | None = None
    key: str | None = None
    lead: str | None = None
    wants: Sequence[str] = ()
    joined: Sequence[str] = ()
    arrived: str | None = None
    review: ReviewScript | None = None
    comments: Sequence[TalkScript] = ()
    cancelled: str | None = None


@dataclass(frozen=True)
class FollowUpScript(Step):
    """A call, message or mail of the same day."""

    words: str
    channel: str = "call"
    lead: str | None = None
    next: NextScript | None = None


@dataclass(frozen=True)
class FeedbackScript(Step):
    """What the customer said of us; a complaint may be settled."""

    kind: str
    score: int | None = None
    text: str = ""
    settled: str | None = None
    settlement: str = ""


@dataclass(frozen=True)
class CorrectionScript(Step):
    """Facts of the file that were wrong."""

    set: Mapping[str, Any]
    reason: str
