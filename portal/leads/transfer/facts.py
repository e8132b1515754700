"""What a row says, as the facts that forms save."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from portal.customers.content import ContactFacts, CustomerFacts
from portal.leads.content import LeadFacts
from portal.leads.rules import CURRENCY, LONGEST_TITLE
from portal.leads.transfer.rules import WITHOUT, word_key
from portal.lists.queries import vocabulary

# Field of the table → field of the record.
CUSTOMER = {"company": "name", "alias": "aliases", "credit_code": "credit_code",
            "company_phone": "phone", "industry": "industry", "region": "region",
            "employees": "employees", "website": "website", "address": "address"}
CONTACT = {"contact": "name", "job_title": "job_title", "phone": "phone", "email": "email",
           "wechat": "wechat"}


def decided(
    values: Mapping[str, Any], unknown: Iterable[tuple[str, str]], words: Mapping[str, str]
) -> dict[str, Any]:
    """The values with what was decided for words that no list knows."""
    found = dict(values)
    for name, word in unknown:
        code = words.get(word_key(name, word), "")
        if code and code != WITHOUT:
            found[name] = code
    return found


def customer_facts(values: Mapping[str, Any]) -> CustomerFacts:
    given = {field: values[name] for name, field in CUSTOMER.items() if values.get(name)}
    return CustomerFacts(**{**given, "aliases": tuple(given.get("aliases", ()))})


def contact_facts(values: Mapping[str, Any]) -> ContactFacts | None:
    """The person at the customer; None when the row names nobody."""
    given = {field: values[name] for name, field in CONTACT.items() if values.get(name)}
    return ContactFacts(**given) if given.get("name") else None


def lead_facts(
    values: Mapping[str, Any], defaults: Mapping[str, str], language: str,
    contact_id: int | None = None,
) -> LeadFacts:
    """The deal. What the table does not say is as the person decided for all rows."""
    amount, close = values.get("amount"), values.get("expected_close")
    product = values.get("product")
    label = vocabulary()["product"][product].label(language) if product else ""
    return LeadFacts(
        title=(values.get("title") or label or defaults.get("title", ""))[:LONGEST_TITLE],
        channel=values.get("channel") or defaults.get("channel") or "import", product=product,
        note=values.get("note", ""), competitors=tuple(values.get("competitors", ())),
        amount=None if amount is None else Decimal(amount),
        currency=values.get("currency") or CURRENCY,
        expected_close=date.fromisoformat(close) if close else None, contact_id=contact_id,
    )
