"""Cases that may help with a deal (S5): found by what is known of it, or by what one writes."""

from dataclasses import dataclass

from portal.cases.queries.alike import ENOUGH_OF_A_TITLE, Alike, cases_alike
from portal.cases.rules import LONGEST_TITLE
from portal.core.text import block
from portal.customers.models import Customer
from portal.customers.words import term_word
from portal.leads.models import Lead
from portal.people.rules import Actor

# So much of a text is looked at; what follows is detail.
FIRST_LINES = 300


@dataclass(frozen=True)
class Asked:
    """What is looked for: a question, and words that describe the surroundings."""

    question: str
    words: str

    @property
    def says_something(self) -> bool:
        return len(self.question) >= ENOUGH_OF_A_TITLE


def asked_of(
    customer: Customer, lead: Lead | None, words: str = "", stage: str | None = None
) -> Asked:
    """By what somebody writes, if they do; else by the deal itself."""
    typed = block(words).strip()
    known = _surroundings(customer, lead, stage)
    if typed:
        first, _newline, rest = typed.partition("\n")
        return Asked(first[:LONGEST_TITLE], f"{rest[:FIRST_LINES]}\n{known}".strip())
    if lead is None:
        return Asked("", known)
    first = _line_of(lead.title, lead.product)
    return Asked(first, f"{lead.note[:FIRST_LINES]}\n{known}".strip())


def found(actor: Actor, asked: Asked) -> list[Alike]:
    """The cases most like it that the person may read."""
    return cases_alike(actor, asked.question, asked.words) if asked.says_something else []


def _line_of(title: str, product: str | None) -> str:
    """What they want; with the product, where that alone says too little."""
    return title if len(title) > ENOUGH_OF_A_TITLE else f"{title} {term_word('product', product)}"


def _surroundings(customer: Customer, lead: Lead | None, stage: str | None) -> str:
    labels = [term_word("industry", customer.industry)]
    if lead is not None:
        labels += [term_word("product", lead.product), term_word("stage", stage or lead.stage)]
    elif stage:
        labels.append(term_word("stage", stage))
    return " ".join(label for label in labels if label)
