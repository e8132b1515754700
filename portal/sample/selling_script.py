"""The customers of the sample story as written in `content/sample/customers*.yaml` and
`content/sample/selling.yaml`, read into plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.sample.script import FOLDER, Step, read
from portal.sample.selling_parts import (
    BillScript,
    ContactScript,
    CorrectionScript,
    EndScript,
    FeedbackScript,
    FollowUpScript,
    GivenScript,
    LeadScript,
    NextScript,
    PaymentScript,
    ReviewAsked,
    ReviewScript,
    StepScript,
    TalkScript,
    UseScript,
    VisitScript,
)

FILES = "customers*.yaml"


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
