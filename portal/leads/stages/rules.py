"""What a stage is, what it asks for, and what lacks on the way from one to another (L5)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

# What is asked for at a stage: done or not, words, a sum, a day, or a field of the lead itself.
TICK, TEXT, AMOUNT, DATE, FIELD = "tick", "text", "amount", "date", "field"
KINDS = (TICK, TEXT, AMOUNT, DATE, FIELD)
# The fields of a lead that a stage may ask for.
FIELDS = ("contact_id", "product", "amount", "expected_close", "competitors", "contract_amount",
          "margin", "signed_on")
CHECK, OUTPUT = "check", "output"
GROUPS = (CHECK, OUTPUT)
GATE = "gate"

# Who reviews at a gate: the owner's line manager, one of the customer's team by their part, the
# leader of a team ("team:3"), or a certain person ("person:7").
LINE_MANAGER, PART, TEAM, PERSON = "line_manager", "part", "team", "person"
# Who answers for a stage.
ROLES = ("rep", "manager", "product_expert", "delivery_manager")

ASKED, PASSED, REFUSED, WITHDRAWN, EXPIRED = "asked", "passed", "refused", "withdrawn", "expired"
STATES = (ASKED, PASSED, REFUSED, WITHDRAWN, EXPIRED)

MOST_ITEMS, MOST_GATES, MOST_DAYS = 20, 5, 365
LONGEST_WORDS, LONGEST_CRITERIA, LONGEST_ANSWER, LONGEST_REASON = 120, 1000, 2000, 500


@dataclass(frozen=True)
class Words:
    """The same in both languages; without English, English pages show the Chinese."""

    zh: str = ""
    en: str = ""

    def in_(self, language: str) -> str:
        return self.en if language == "en" and self.en else self.zh or self.en


@dataclass(frozen=True)
class Item:
    """One thing to have done (a check) or to hand over (an output) before a stage is left."""

    key: str
    words: Words
    kind: str = TICK
    field: str = ""
    required: bool = True
    group: str = CHECK


@dataclass(frozen=True)
class Gate:
    """A review that must be passed before a stage is entered."""

    key: str
    words: Words
    reviewer: str = LINE_MANAGER


@dataclass(frozen=True)
class Content:
    """What the administrator says about a stage. `probability` is in percent."""

    probability: int = 0
    expected_days: int = 14
    role: str = "rep"
    entry: Words = Words()
    exit: Words = Words()
    items: tuple[Item, ...] = ()
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True)
class Stage:
    """A stage in its place; `number` is that of its content's version, 0 as it was shipped."""

    code: str
    words: Words
    place: int
    active: bool
    number: int
    content: Content

    @property
    def probability(self) -> int:
        return self.content.probability

    @property
    def expected_days(self) -> int:
        return self.content.expected_days

    def label(self, language: str) -> str:
        return self.words.in_(language)


@dataclass(frozen=True)
class Lack:
    """One thing that is still missing: an item of a stage, or a gate before it."""

    stage: str
    key: str
    words: Words
    kind: str
    field: str = ""
    item: Item | None = None
    gate: Gate | None = None


class StageMap:
    """Every stage in its order, retired ones included."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self.stages = tuple(stages)
        self.active = tuple(stage for stage in stages if stage.active)
        self._places = {stage.code: place for place, stage in enumerate(stages)}

    def __iter__(self) -> Iterator[Stage]:
        return iter(self.stages)

    def __contains__(self, code: object) -> bool:
        return code in self._places

    def __getitem__(self, code: str) -> Stage:
        return self.stages[self._places[code]]

    def get(self, code: str | None) -> Stage | None:
        return self.stages[self._places[code]] if code in self._places else None

    def place(self, code: str) -> int:
        """Its place; before the first for one that no list knows."""
        return self._places.get(code, -1)

    @property
    def first(self) -> Stage | None:
        return self.active[0] if self.active else None

    @property
    def last(self) -> Stage | None:
        """Where money has come in: reached by closing alone."""
        return self.active[-1] if self.active else None

    def next_of(self, code: str) -> Stage | None:
        """The stage in use that follows."""
        place = self.place(code)
        return next((stage for stage in self.active if self.place(stage.code) > place), None)

    def is_forward(self, from_code: str, to_code: str) -> bool:
        return self.place(to_code) > self.place(from_code)

    def left(self, from_code: str, to_code: str) -> tuple[Stage, ...]:
        """The stages in use that are left on the way forward, the present one first."""
        start, end = self.place(from_code), self.place(to_code)
        return tuple(s for s in self.active if start <= self.place(s.code) < end)

    def entered(self, from_code: str, to_code: str) -> tuple[Stage, ...]:
        """The stages in use that are entered on the way forward, the aim last."""
        start, end = self.place(from_code), self.place(to_code)
        return tuple(s for s in self.active if start < self.place(s.code) <= end)


def lacking(
    stages: StageMap, from_code: str, to_code: str,
    answered: Collection[tuple[str, str]], passed: Collection[tuple[str, str]],
) -> list[Lack]:
    """What must still be there to go from one stage to another: the required items of all that
    are left, then the gates of all that are entered. Going back asks for nothing.

    `answered` and `passed` are pairs of a stage and the key of an item or a gate.
    """
    items = [
        Lack(stage.code, item.key, item.words, item.kind, item.field, item=item)
        for stage in stages.left(from_code, to_code) for item in stage.content.items
        if item.required and (stage.code, item.key) not in answered
    ]
    gates = [
        Lack(stage.code, gate.key, gate.words, GATE, gate=gate)
        for stage in stages.entered(from_code, to_code) for gate in stage.content.gates
        if (stage.code, gate.key) not in passed
    ]
    return items + gates


def reviewer(
    candidates: Sequence[int], leaders: Sequence[int], eligible: Collection[int],
    excluded: Collection[int],
) -> int | None:
    """Whom a review waits for: the first of those the gate names, else the nearest leader; nobody
    who asks or owns the lead reviews it, and nobody who has left."""
    return next((person for person in (*candidates, *leaders)
                 if person in eligible and person not in excluded), None)


def may_pass(actor_id: int, owner_id: int | None, leaders: Collection[int]) -> bool:
    """Whether the person may let a move pass although something is missing: whoever leads the
    owner; the owner alone when nobody leads them."""
    return actor_id in leaders or (not leaders and actor_id == owner_id)


def days_over(days: int, expected: int) -> int:
    """By how many days a stay is longer than expected; 0 when nothing is expected."""
    return max(0, days - expected) if expected else 0
