"""The pages of customers, leads and visits that are measured: their names and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask
from sqlalchemy import func, select

from portal.core import clock
from portal.customers.models import Contact, Customer, TimelineEntry
from portal.extensions import db
from portal.leads.models import Lead
from portal.people.models import User

# Those asked for as HTMX does.
FRAGMENTS = ("check name", "check phone", "check typo", "customers called", "lead meets")
_LISTS: Mapping[str, str] = MappingProxyType({
    "today": "/",
    "leads mine": "/leads",
    "leads all": "/leads?owner=all",
    "leads newest": "/leads?owner=all&sort=newest",
    "leads amount": "/leads?owner=all&sort=amount",
    "leads score": "/leads?owner=all&sort=score",
    "leads next": "/leads?owner=all&sort=next",
    "leads close": "/leads?owner=all&sort=close",
    "leads any status": "/leads?owner=all&status=all",
    "leads lost": "/leads?owner=all&status=lost",
    "leads stage": "/leads?owner=all&stage=proposal",
    "leads filtered": "/leads?owner=all&product=erp&channel=web&score_from=70",
    "leads industry": "/leads?owner=all&industry=it&region=east&sort=amount",
    "leads idle": "/leads?owner=all&idle=60",
    "leads due": "/leads?owner=all&due=1&sort=next",
    "leads month": "/leads?owner=all&created={month}",
    "leads text": "/leads?owner=all&text=云海",
    "leads common text": "/leads?owner=all&text=公司",
    "leads rare text": "/leads?owner=all&text=13812345",
    "leads page 40": "/leads?owner=all&page=40",
    "leads page 1500": "/leads?owner=all&page=1500",
    "board mine": "/leads/board",
    "board all": "/leads/board?owner=all",
    "board filtered": "/leads/board?owner=all&product=erp&score_from=50",
    "board text": "/leads/board?owner=all&text=云海",
    "pool": "/leads/pool",
    "pool score": "/leads/pool?order=score",
    "pool longest": "/leads/pool?order=longest",
    "pool filtered": "/leads/pool?region=east&industry=it&product=erp",
    "pool deep": "/leads/pool?page=300",
    "pool overdue": "/leads/pool/overdue",
    "pool idle": "/leads/pool/overdue?shown=idle",
    "customers mine": "/customers",
    "customers team": "/customers?scope=team",
    "customers all": "/customers?scope=all",
    "customers pool": "/customers?scope=pool",
    "customers name": "/customers?scope=all&sort=name",
    "customers newest": "/customers?scope=all&sort=newest",
    "customers next": "/customers?scope=all&sort=next",
    "customers overdue": "/customers?scope=all&overdue=1&sort=next",
    "customers filtered": "/customers?scope=all&tier=A&industry=it&region=east",
    "customers void": "/customers?scope=all&state=void",
    "customers text": "/customers?scope=all&q=云海",
    "customers common": "/customers?scope=all&q=公司",
    "customers phone": "/customers?scope=all&q=1381234",
    "customers page 400": "/customers?scope=all&page=400",
    "customers called": "/customers/called?q=云海",
    "check name": "/leads/check?q={name}",
    "check phone": "/leads/check?q={phone}",
    "check typo": "/leads/check?q=上海云海恒瑞科技",
    "lead meets": "/leads/new/meets?customer={name}&name={name}",
    "new lead": "/leads/new",
    "week": "/visits",
    "team week": "/visits/team",
    "plan a visit": "/visits/new",
    "follow-up": "/follow-ups/new?lead_id={lead}",
    "receivables": "/receivables",
    "receivables open": "/receivables?list=open",
    "receivables paid": "/receivables?list=paid",
    "care": "/care",
    "care of all": "/care?owner=all",
    "care done": "/care?owner=all&shown=done",
    "channels": "/leads/channels",
    "funnel": "/leads/stages",
    "funnel year": "/leads/stages?span=365",
    "claims": "/claims",
    "claims of people": "/claims?tab=people",
    "without a case": "/leads/without-case",
    "stage map": "/leads/stages",
})
_FILES: Mapping[str, str] = MappingProxyType({
    "customer": "/customers/{customer}",
    "customer visits": "/customers/{customer}?group=visits",
    "full file": "/customers/{full}",
    "full file deals": "/customers/{full}?group=deals",
    "file contacts": "/customers/{customer}/contacts",
    "file deals": "/customers/{customer}/deals",
    "file money": "/customers/{customer}/money",
    "file visits": "/customers/{customer}/visits",
    "full file visits": "/customers/{full}/visits",
    "file cases": "/customers/{customer}/cases",
    "file care": "/customers/{customer}/care",
    "file referrals": "/customers/{customer}/referrals",
    "lead": "/leads/{lead}",
    "full lead": "/leads/1",
    "lead stages": "/leads/{lead}/stages",
    "lead money": "/leads/{lead}/money",
    "lead visits": "/leads/{lead}/visits",
    "lead cases": "/leads/{lead}/cases",
})


def pages_of(app: Flask, login: str) -> dict[str, str]:
    """Name → address, with records that this rep has; a full file is read by who leads all."""
    with app.app_context():
        person = db.session.scalars(select(User).where(User.login == login)).one()
        lead = db.session.scalars(
            select(Lead).join(Lead.customer).where(
                Lead.owner_id == person.id, Lead.status == "open", Lead.stage == "needs",
                Customer.voided_at.is_(None)).order_by(Lead.id).limit(1)
        ).one()
        phone = db.session.scalar(
            select(Contact.phone).where(Contact.customer_id == lead.customer_id))
        full = db.session.scalar(
            select(TimelineEntry.customer_id).group_by(TimelineEntry.customer_id)
            .order_by(func.count().desc()).limit(1))
        known = {"customer": lead.customer_id, "lead": lead.id, "name": lead.customer.name,
                 "phone": phone, "full": full, "month": f"{clock.today():%Y-%m}"}
    return {name: path.format(**known) for name, path in {**_LISTS, **_FILES}.items()}
