"""What a person writes about money, as plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class ReceivableFacts:
    """An amount to be paid: what for, billed on which day, due on which."""

    amount: Decimal
    billed_on: date
    due_on: date
    label: str = ""


@dataclass(frozen=True)
class ContractFacts:
    """What the contract says; the margin is part of its amount."""

    amount: Decimal | None = None
    margin: Decimal | None = None
    signed_on: date | None = None
