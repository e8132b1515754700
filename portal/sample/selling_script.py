"""The customers of the sample story as written in `content/sample/customers*.yaml` and
`content/sample/selling.yaml`, read into plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.sample.script import FOLDER, Step, read

FILES = "customers*.yaml"


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


@dataclass(frozen=True)
class CustomerScript(Step):
    """A customer with everything that happened; `facts` are those of its file."""

    name: str
    facts: Mapping[str, Any]
    pooled: bool = False
    introduced_by: str | None = None
    renewal: str | None = None
    trained: str | None = None
    contacts: Sequence[ContactScript] = ()
    team: Mapping[str, str] = field(default_factory=dict)
    leads: Sequence[LeadScript] = ()
    visits: Sequence[VisitScript] = ()
    calls: Sequence[FollowUpScript] = ()
    feedback: Sequence[FeedbackScript] = ()
    corrections: Sequence[CorrectionScript] = ()


@dataclass(frozen=True)
class EvidenceScript(Step):
    """What one side says for itself; `met` is a day."""

    reaches: str
    role: str
    met: str
    note: str = ""


@dataclass(frozen=True)
class DecidedScript(Step):
    """How a claim was decided."""

    outcome: str
    reason: str


@dataclass(frozen=True)
class ClaimScript(Step):
    """Somebody typed a customer that was there already."""

    name: str
    phone: str
    contact: str
    wants: str
    sent: EvidenceScript
    answered: EvidenceScript | None = None
    decided: DecidedScript | None = None


@dataclass(frozen=True)
class RuleScript(Step):
    """A rule of allocation; `people` are logins in the order of their turns."""

    people: Sequence[str]
    regions: Sequence[str] = ()
    channels: Sequence[str] = ()
    industries: Sequence[str] = ()
    products: Sequence[str] = ()


@dataclass(frozen=True)
class ViewScript(Step):
    """A list of leads that somebody keeps."""

    name: str
    page: str
    filters: Mapping[str, str]


@dataclass(frozen=True)
class Around:
    """What is not of one customer alone."""

    claims: Sequence[ClaimScript]
    rules: Sequence[RuleScript]
    views: Sequence[ViewScript]


def customers() -> list[CustomerScript]:
    """Every customer of the story, in the order of the files."""
    return [_built(CustomerScript, entry) for path in sorted(FOLDER.glob(FILES))
            for entry in read(path)["customers"]]


def around() -> Around:
    data = read(FOLDER / "selling.yaml")
    return Around(**{
        name: [_built(kind, entry) for entry in data[name]]
        for name, kind in (("claims", ClaimScript), ("rules", RuleScript), ("views", ViewScript))
    })


# Parts of an entry, and what each of them is; `by` of the whole holds for its parts.
_PARTS: Mapping[str, type[Any]] = {
    "contacts": ContactScript, "leads": LeadScript, "visits": VisitScript,
    "calls": FollowUpScript, "feedback": FeedbackScript, "corrections": CorrectionScript,
    "waits": ReviewAsked, "step": StepScript, "given": GivenScript, "end": EndScript,
    "bills": BillScript, "uses": UseScript, "paid": PaymentScript, "review": ReviewScript,
    "comments": TalkScript, "next": NextScript, "sent": EvidenceScript,
    "answered": EvidenceScript, "decided": DecidedScript,
}
_SUMS = ("amount", "margin")
_DAYS = ("signed", "billed", "due", "day", "close", "renewal", "met")


def _built(kind: type[Any], entry: Mapping[str, Any], by: str = "") -> Any:
    """The entry as what it is. Raises `TypeError` for a key that is not known."""
    by = entry.get("by", by)
    values: dict[str, Any] = {}
    for name, value in entry.items():
        part = _PARTS.get(name)
        if part is not None and isinstance(value, list):
            values[name] = [_built(part, each, by) for each in value]
        elif part is not None:
            values[name] = _built(part, value, by)
        elif name in _SUMS:
            values[name] = Decimal(str(value))
        else:
            values[name] = str(value) if name in _DAYS else value
    if "by" in kind.__dataclass_fields__:
        values.setdefault("by", by)
    return kind(**values)
