"""Rules of the case library on plain values."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

KINDS = ("problem", "win", "loss", "lesson", "playbook", "intel")
RETROSPECTIVES = ("win", "loss")
AUDIENCES = ("everyone", "team", "managers")
SOURCES = ("none", "visit", "lead", "report")
CONFIDENCES = ("draft", "not_validated", "validated", "archived")
# A draft its owner gave up; like a draft it is nobody else's.
DISCARDED = "discarded"
PRIVATE = ("draft", DISCARDED)
# Published and not archived: what people work with.
LIVE = ("not_validated", "validated")
STATES = ("open", "answered", "solved")
AMOUNT_BANDS = ("lt100k", "100k_500k", "500k_1m", "1m_5m", "gt5m")
DECISION_ROLES = (
    "decision_maker", "economic_buyer", "technical_evaluator", "user", "procurement", "coach",
)
LONGEST_TITLE = 160
LONGEST_BODY = 100_000
MOST_TAGS = 12
# Prices and competitors change faster than what one knows about selling (K8); an administrator
# may change both numbers of days.
DAYS_INTEL, DAYS_OTHER = 30, 90
# Who comes back to a case within this time is still busy with the same thing.
REUSE_COUNTS_AGAIN_AFTER = timedelta(days=30)
# From here on two titles ask the same question in other words.
VERY_ALIKE = 0.6


def readable(
    *, audience: str, confidence: str, owner_id: int, team_id: int | None,
    reader_id: int, reader_teams: Collection[int], reader_is_manager: bool,
) -> bool:
    """Whether a person may read a case. A draft is its owner's alone."""
    if owner_id == reader_id:
        return True
    if confidence in PRIVATE:
        return False
    return (
        audience == "everyone"
        or (audience == "team" and team_id in reader_teams)
        or (audience == "managers" and reader_is_manager)
    )


def access_tokens(
    *, audience: str, confidence: str, owner_id: int, team_id: int | None
) -> frozenset[str]:
    """The same answer as `readable`, as tokens that a reader's own tokens must meet."""
    owner = f"user:{owner_id}"
    if confidence in PRIVATE:
        return frozenset({owner})
    if audience == "everyone":
        return frozenset({"all"})
    if audience == "team":
        return frozenset({owner, f"team:{team_id}"} if team_id is not None else {owner})
    return frozenset({owner, "managers"})


def valid_until(
    kind: str, checked: date, *, intel: int = DAYS_INTEL, other: int = DAYS_OTHER
) -> date:
    """The day until which a case counts as verified when it was checked on `checked`: `intel`
    days for what is known about the market, `other` days for everything else."""
    return checked + timedelta(days=intel if kind == "intel" else other)


def is_overdue(confidence: str, verified_until: date | None, today: date) -> bool:
    """Whether a validated case has outlived its verification."""
    return confidence == "validated" and verified_until is not None and verified_until < today


def state_of(solutions: int, accepted: bool) -> str:
    """The state of a problem: open, answered or solved."""
    return "solved" if accepted else "answered" if solutions else "open"


def counts_as_reuse(
    *, owner_id: int, person_id: int, last: datetime | None, now: datetime
) -> bool:
    """Whether a reuse is counted: never one's own case, and each person once in 30 days."""
    return owner_id != person_id and (last is None or now - last >= REUSE_COUNTS_AGAIN_AFTER)


def likeness(one: str, other: str) -> float:
    """How far two folded titles say the same, between 0 and 1.

    Dice's measure over pairs of neighbouring letters: for Chinese, whose words have about two
    signs, and for word forms and small slips in Latin script.
    """
    pairs, others = _pairs(one), _pairs(other)
    if not pairs or not others:
        return float(bool(one) and one == other)
    return 2 * (pairs & others).total() / (pairs.total() + others.total())


def _pairs(text: str) -> Counter[str]:
    signs = "".join(sign for sign in text if sign.isalnum())
    return Counter(signs[start : start + 2] for start in range(len(signs) - 1))


def quality(
    *, confidence: str, overdue: bool, helped: int, age_days: float, reused: int = 0,
    not_helped: int = 0,
) -> float:
    """Trust, use and freshness as one number between 0 and 1, a mild weight in ranking.

    0.5 × trust + 0.3 × use + 0.2 × freshness. Use is n / (n + 3 + m) of the n people whom the
    case helped and times it was reused, without the m people who tried it in vain: the first few
    count most, three give half, and no number of them outweighs trust. Who was not helped takes
    away what their reuse gave and a little more, never trust itself. Freshness halves every year.
    Chosen, not fitted: the page must be able to explain the order.
    """
    trust = {"validated": 0.6 if overdue else 1.0, "not_validated": 0.5}.get(confidence, 0.0)
    used = max(helped + reused - not_helped, 0)
    use = used / (used + 3 + not_helped)
    fresh: float = 0.5 ** (max(age_days, 0) / 365)
    return 0.5 * trust + 0.3 * use + 0.2 * fresh


@dataclass(frozen=True)
class Trust:
    """What the badge of a case says, in one of five words."""

    word: str
    tone: str


def trust(confidence: str, verified_until: date | None, today: date) -> Trust:
    """The trust badge: word and tone."""
    if is_overdue(confidence, verified_until, today):
        return Trust("overdue", "amber")
    tones = {"draft": "grey", "not_validated": "blue", "validated": "green"}
    return Trust(confidence, tones.get(confidence, "grey"))


def age_in_days(since: datetime, now: datetime) -> float:
    return (now - since).total_seconds() / 86_400
