"""What templates ask about a customer: facts in words, phones as links, whose it is."""

from typing import Any

import phonenumbers
from flask import Flask, current_app, g, request, url_for

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.render import this_page
from portal.customers import words
from portal.customers.identity.options import AREA_CODE
from portal.customers.identity.phones import phones
from portal.customers.models import Contact, Customer, CustomerPerson
from portal.customers.rules import PARTS, is_website, website
from portal.customers.timeline.kinds import GROUPS
from portal.customers.timeline.page import TimelinePage
from portal.options.queries import value
from portal.reminders.subjects import About, about

HOME = 86


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(
        customer_facts=customer_facts, customer_staff=customer_staff, phone_links=phone_links,
        birthday_of=birthday_of, entry_url=entry_url, older_url=older_url, part_word=part_word,
        tier_word=lambda tier: words.TIERS.get(tier, tier), timeline_groups=GROUPS,
        segment_word=lambda segment: words.SEGMENTS.get(segment, segment),
        decision_word=lambda role: words.contact_value("decision_role", role),
        term_word=words.term_word, is_overdue=is_overdue, introducer_of=introducer_of,
        website_of=website_of,
    )


def customer_facts(customer: Customer) -> list[tuple[Any, Any]]:
    """The facts as rows of a short table; rows without a value are left out by the macro."""
    plain = ("credit_code", "industry", "region", "employees", "address")
    facts = [(words.CUSTOMER_FIELDS[name], words.customer_value(name, getattr(customer, name)))
             for name in plain]
    if customer.aliases:
        facts.insert(0, (words.CUSTOMER_FIELDS["aliases"], words.listed(customer.aliases)))
    if customer.customer_since:
        facts.append((_("Customer since"), clock_day(customer.customer_since)))
    return [*facts, (words.CUSTOMER_FIELDS["note"], customer.note)]


def website_of(customer: Customer) -> tuple[str, str]:
    """Their web site: where it leads and how it is written. What is no address leads nowhere."""
    if not is_website(customer.website):
        return "", customer.website
    url = website(customer.website)
    return url, url.partition("://")[2]


def clock_day(day: Any) -> str:
    """A day as the reader's language writes it."""
    return str(current_app.jinja_env.filters["day"](day))


def introducer_of(customer: Customer) -> About | None:
    """Who introduced them, for whoever may open that file; else their place without a name."""
    if customer.introduced_by_id is None:
        return None
    ref = f"customer:{customer.introduced_by_id}"
    return about(g.actor, [ref]).get(ref) or About(_("another customer"), "")


def customer_staff(customer: Customer) -> list[CustomerPerson]:
    """Who of us works for the customer: owner, backup, then the team."""
    return sorted(customer.people, key=lambda each: (PARTS.index(each.part), each.id))


def part_word(part: str) -> Any:
    """What somebody is for a customer."""
    return words.PARTS.get(part, part)


def phone_links(text: str) -> list[tuple[str, str]]:
    """Each number of a field as people read it, and its link. What is no number has no link."""
    found = phones(text, value(AREA_CODE))
    if len(found) == 1:
        return [(text, f"tel:{found[0]}")]
    return [(written(number), f"tel:{number}") for number in found] or (
        [(text, "")] if text else [])


def written(number: str) -> str:
    """A number (E.164, `;ext=`) as people write it here."""
    plain, _separator, extension = number.partition(";ext=")
    parsed = phonenumbers.parse(plain)
    style = phonenumbers.PhoneNumberFormat
    home = parsed.country_code == HOME
    spoken = phonenumbers.format_number(parsed, style.NATIONAL if home else style.INTERNATIONAL)
    return f"{spoken} ext. {extension}" if extension else spoken


def birthday_of(contact: Contact) -> str:
    """Month and day, with the year where it is known."""
    if contact.birth_month is None or contact.birth_day is None:
        return ""
    if contact.birth_year is None:
        return _("%(month)d/%(day)d", month=contact.birth_month, day=contact.birth_day)
    return _("%(year)d/%(month)d/%(day)d", year=contact.birth_year, month=contact.birth_month,
             day=contact.birth_day)


def is_overdue(customer: Customer) -> bool:
    """Whether they should have heard from us before today."""
    due = customer.next_contact_on
    return due is not None and customer.voided_at is None and due < clock.today()


def entry_url(customer_id: int, entry_id: int) -> str:
    """One entry with its corrections."""
    return url_for("customers.entry", customer_id=customer_id, entry_id=entry_id)


def older_url(timeline: TimelinePage) -> str:
    """The present address, going on where this page ends."""
    return this_page({**request.args.to_dict(flat=False), "before": str(timeline.older)})
