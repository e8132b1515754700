"""What a person writes about a case, as one plain value.

The form, a revision, a file with front matter and the comparison of two texts all hold the same
`CaseContent`; nothing else knows how to turn a case into words and back.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, Self


@dataclass(frozen=True)
class RetrospectiveContent:
    """The typed facts of a win or a loss (K4). `price_gap` is percent, ours above theirs."""

    amount_band: str | None = None
    cycle_days: int | None = None
    competitors: tuple[str, ...] = ()
    stage_reached: str | None = None
    roles_reached: tuple[str, ...] = ()
    main_reason: str | None = None
    contributing_reasons: tuple[str, ...] = ()
    price_gap: Decimal | None = None
    actions: tuple[str, ...] = ()
    repeat: str = ""
    avoid: str = ""


@dataclass(frozen=True)
class CaseContent:
    """A case as written: codes for list entries, wordings for tags."""

    kind: str
    title: str
    body: str = ""
    tags: tuple[str, ...] = ()
    stage: str | None = None
    industry: str | None = None
    product: str | None = None
    region: str | None = None
    audience: str = "everyone"
    source: str = "none"
    retrospective: RetrospectiveContent | None = None
    # Front matter that this portal does not know: kept, and exported again.
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def holds_only_words(self) -> bool:
        """Whether title and text are all there is: no facts, no tags, nothing chosen."""
        facts = RetrospectiveContent() if self.retrospective else None
        return self == CaseContent(
            self.kind, self.title, self.body, retrospective=facts, extra=self.extra
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values for a revision."""
        return {key: _plain(value) for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The content of a stored revision; keys of a later version are left out."""
        retrospective = data.get("retrospective")
        return cls(
            **_typed(cls, {**data, "retrospective": None}),
        )._with(retrospective)

    def _with(self, retrospective: Mapping[str, Any] | None) -> Self:
        if retrospective is None:
            return self
        values = _typed(RetrospectiveContent, retrospective)
        if values.get("price_gap") is not None:
            values["price_gap"] = Decimal(str(values["price_gap"]))
        return replace(self, retrospective=RetrospectiveContent(**values))


def _typed(model: type, data: Mapping[str, Any]) -> dict[str, Any]:
    known = {each.name for each in fields(model)}
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in data.items()
        if key in known
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value
