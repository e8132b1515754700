"""What a person writes down of a customer's words, as plain values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FeedbackFacts:
    """`score` is needed for NPS (0 to 10) and satisfaction (1 to 5), words for the others."""

    kind: str
    given_on: date
    score: int | None = None
    text: str = ""
    contact_id: int | None = None
