"""Makes the sample department, once."""

import re
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from portal.cases.alerts.clockwork import move_alerts
from portal.core import audit, clock
from portal.core.events import long_ago
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.care.clockwork import look_after_customers
from portal.leads.pool.clockwork import allocate_new, watch_leads
from portal.lists.models import Term
from portal.people.models import User
from portal.people.passwords import generated, hashed
from portal.sample import (
    dealing,
    disputes,
    following,
    library,
    passwords,
    script,
    searches,
    selling,
    selling_script,
    visiting,
)
from portal.sample.calendar import Calendar
from portal.sample.people import Act, Cast, arrivals
from portal.search.indexer import index_pending
from portal.visits.clockwork import look_for_unwritten

SUBJECT = "sample:department"
# What happened since then waits in people's inboxes.
NEWS = timedelta(days=3)
# In the order in which one would try them.
SHOWN = ("New hire", "Sales rep", "Manager", "HR", "Administrator")


def is_there() -> bool:
    """Whether the portal has a sample department."""
    return db.session.scalar(select(User.id).where(User.is_sample).limit(1)) is not None


def make() -> bool:
    """People, teams and half a year of cases and deals up to now; False when it is there already.

    When the file with the logins was lost, the sample people get a new password.
    """
    password = generated()
    with transaction():
        known = is_there()
        if not known:
            _fill(hashed(password))
        elif not passwords.path().exists():
            _change_passwords(hashed(password))
        else:
            return False
        shown = _shown()
    # What the clock would have done meanwhile: alerts that nobody answered have gone up, care is
    # due, deals stand still.
    for look in (move_alerts, look_after_customers, watch_leads, allocate_new,
                 look_for_unwritten):
        look()
    passwords.keep(shown, password)
    index_pending()
    return not known


def _fill(password_hash: str) -> None:
    now = clock.now()
    calendar = Calendar(now, clock.zone())
    newest_tag = _newest_tag()
    cast, cases = Cast(), list(script.cases())
    told = selling.Told(cast, calendar)
    acts = [*arrivals(script.department(), cast, calendar, password_hash),
            *_selling(told), *library.acts(cases, cast, told.origin), *searches.acts(cast),
            *following.acts(cast)]
    dated = [(calendar.moment(when), act) for when, act in acts]
    # Everything in the order of time, as the audit log tells it.
    for moment, act in sorted(dated, key=lambda pair: pair[0]):
        with long_ago(now - moment > NEWS), clock.telling_of(moment):
            act(moment)
    # Removal takes back exactly the tags that came with the sample: after the first id, up to
    # the second.
    audit.record(None, "sample.made", SUBJECT, now, people=len(cast.users), cases=len(cases),
                 tags=[newest_tag, _newest_tag()])


def _selling(told: selling.Told) -> Iterator[tuple[str, Act]]:
    """What happened with customers; before the cases that come from it, where it is the same
    moment."""
    companies = selling_script.customers()
    yield from selling.acts(companies, told)
    for company in companies:
        yield from dealing.acts(company, told)
        yield from visiting.acts(company, told)
    yield from disputes.acts(selling_script.around(), told)


def _newest_tag() -> int:
    return db.session.scalar(select(func.max(Term.id))) or 0


def _change_passwords(password_hash: str) -> None:
    for user in db.session.scalars(select(User).where(User.is_sample)):
        user.password_hash = password_hash
    audit.record(None, "sample.password_reset", SUBJECT, clock.now())


def _shown() -> list[tuple[str, str, str]]:
    """What, name and login of those who are shown."""
    roles = {each.login: each.shown_as for each in script.department().people if each.shown_as}
    rows = []
    for user in db.session.scalars(select(User).where(User.is_sample)):
        # A login that was in use got a number.
        role = roles.get(user.login) or roles.get(re.sub(r"-\d+$", "", user.login))
        if role is not None:
            rows.append((role, user.name, user.login))
    return sorted(rows, key=lambda row: SHOWN.index(row[0]))
