"""What a large department did with its customers: deals, meetings, money, and one timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from department import Department, industry_of, region_of, write

from portal.customers.models import TimelineEntry
from portal.leads.care.models import CareTask, Feedback
from portal.leads.claims.models import Claim
from portal.leads.models import Lead, LeadMove
from portal.leads.money.models import Payment, Receivable
from portal.leads.pool.models import PoolStep
from portal.visits.models.review import VisitReview
from portal.visits.models.visit import Visit

STAGES = ("acquired", "screened", "needs", "proposal", "negotiation", "signed", "paid")
DAYS_OF_VISITS = 700
CHANNELS = ("web", "fair", "partner", "referral", "phone", "visit", "import")
PRODUCTS = ("erp", "crm", "mes", "wms", "cloud", "data", "implementation")
TITLES = ("仓储系统升级", "替换旧 ERP", "客户管理试点", "数据平台一期", "产线追溯", "年度运维")
KINDS = ("note.written", "visit.reviewed", "follow_up.recorded", "lead.moved", "lead.next_step",
         "customer.given", "contact.recorded", "visit.planned")
DETAILS: dict[str, dict[str, Any]] = {
    "visit.reviewed": {"result": "partly"}, "follow_up.recorded": {"channel": "call"},
    "visit.planned": {"day": "2026-05-04"}, "contact.recorded": {"name": "王云海"},
    "customer.given": {"before": "李一", "after": "王二"},
}


def sell(place: Department, leads: int, entries: int, visits: int) -> None:
    """So many of each; the other tables grow with the deals."""
    customers = len(place.owners)
    rows = [_lead(place, number, number * 7919 % customers + 1) for number in range(1, leads + 1)]
    write(Lead, rows)
    write(LeadMove, _moves(rows))
    write(PoolStep, _steps(place, rows))
    write(Visit, (_visit(place, rows[number % leads], number) for number in range(1, visits + 1)))
    write(VisitReview, _reviews(place, visits))
    signed = [row for row in rows if row["stage"] in ("signed", "paid")]
    write(Receivable, _receivables(place, signed))
    write(Payment, _payments(place, signed))
    write(Claim, (_claim(place, number * 31 % customers + 1, number) for number in range(2_000)))
    write(CareTask, (_care(place, number * 11 % customers + 1, number) for number in range(8_000)))
    write(Feedback, (_feedback(place, number * 13 % customers + 1, number)
                     for number in range(10_000)))
    write(TimelineEntry, (_entry(place, rows, number) for number in range(entries)))


def _lead(place: Department, number: int, customer: int) -> dict[str, Any]:
    """Half are open; a sixth of those is in the pool."""
    chance, owner = place.chance, place.owners[customer]
    if number % 11 == 0:
        owner = None
    status = "open" if number % 2 or owner is None else chance.choice(
        ("won", "lost", "lost", "abandoned", "open"))
    made, stage = place.moment(), "paid" if status == "won" else chance.choice(STAGES[:-1])
    since = made + (place.now - made) * chance.random()
    return {
        "id": number, "customer_id": customer, "title": chance.choice(TITLES),
        "contact_id": customer, "channel": chance.choice(CHANNELS),
        "product": chance.choice(PRODUCTS), "industry": industry_of(customer),
        "region": region_of(customer), "note": "想在年底前上线。", "competitors": [],
        "amount": Decimal(chance.randrange(20_000, 2_000_000)), "currency": "CNY",
        "contract_amount": Decimal(500_000) if stage in ("signed", "paid") else None,
        "margin": None, "expected_close": place.day(-30, 200), "signed_on": None,
        "owner_id": owner, "owned_since": made, "former_owner_id": None,
        "response_due_at": since if status == "open" and number % 40 == 1 else None,
        "responded_at": made, "idle_warned_at": since if owner and number % 90 == 1 else None,
        "stage": stage, "stage_since": since, "status": status,
        "closed_at": None if status == "open" else since,
        "lost_reason": "price" if status == "lost" else None, "closing_note": "",
        "score": chance.randrange(101), "score_parts": {}, **_step(place, owner, number),
        "last_activity_at": since, "version": 1, "is_sample": False, "created_by_id": owner,
        "created_at": made, "import_id": None,
    }


def _step(place: Department, owner: int | None, number: int) -> dict[str, Any]:
    if not owner or number % 3 == 0:
        return {"next_step": "", "next_step_at": None}
    return {"next_step": "再打电话", "next_step_at": place.moment(60) + timedelta(days=50)}


def _moves(leads: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Evenly from the day it was written down to the present stage."""
    for lead in leads:
        way = STAGES[: STAGES.index(lead["stage"]) + 1]
        step = (lead["stage_since"] - lead["created_at"]) / max(1, len(way) - 1)
        for place, stage in enumerate(way):
            yield {
                "lead_id": lead["id"], "from_stage": way[place - 1] if place else None,
                "to_stage": stage, "at": lead["created_at"] + step * place,
                "actor_id": lead["owner_id"], "reason": "", "passed_reason": "", "lacked": [],
                "stayed_seconds": int(step.total_seconds()) if place else None,
            }


def _steps(place: Department, leads: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for lead in leads[::4]:
        yield {
            "lead_id": lead["id"], "person_id": place.chance.choice(place.reps),
            "what": place.chance.choice(("claimed", "returned", "idle", "late", "warned")),
            "at": lead["owned_since"], "actor_id": None, "reason": "", "before": {},
        }


def _visit(place: Department, lead: dict[str, Any], number: int) -> dict[str, Any]:
    """Most are behind us and written about; some are planned around today."""
    is_done = number % 20 != 0
    day, at = place.day(-DAYS_OF_VISITS, 0) if is_done else place.day(-3, 15), place.now
    return {
        "id": number, "customer_id": lead["customer_id"], "lead_id": lead["id"],
        "owner_id": lead["owner_id"] or place.reps[number // 20 % len(place.reps)],
        "kind": ("visit", "call", "message")[number % 3] if is_done else "visit",
        "status": "reviewed" if is_done else "planned", "day": day, "starts_at": time(10, 0),
        "purpose": "demo", "why": "", "goal": "约到技术负责人", "version": 1, "end_reason": "",
        "reviewed_at": at if is_done else None, "is_sample": False, "created_at": at,
        "changed_at": at,
    }


def _reviews(place: Department, visits: int) -> Iterator[dict[str, Any]]:
    for number in range(1, visits + 1):
        if number % 20:
            yield {
                "visit_id": number, "number": 1, "result": "" if number % 3 else "partly",
                "words": "价格可以谈。", "worked": "", "not_worked": "", "next_step": "",
                "reason": "", "written_by_id": place.reps[number % len(place.reps)],
                "written_at": place.now,
            }


def _receivables(place: Department, signed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Two of each signed deal; one of three is still open."""
    for number, lead in enumerate((each for each in signed for _ in range(2)), start=1):
        billed = place.day(-500, 10)
        due, is_paid = billed + timedelta(days=30), number % 3 != 0
        yield {
            "id": number, "lead_id": lead["id"], "customer_id": lead["customer_id"],
            "label": "进度款", "currency": "CNY",
            "amount": Decimal(90_000), "paid": Decimal(90_000 * is_paid),
            "billed_on": billed, "due_on": due, "collect_by": billed + timedelta(days=60),
            "paid_off_on": due if is_paid else None, "void_reason": "", "version": 1,
            "created_at": place.now,
        }


def _payments(place: Department, signed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number in range(1, len(signed) * 2 + 1):
        if number % 3:
            yield {"receivable_id": number, "amount": Decimal(90_000), "note": "",
                   "paid_on": place.day(-400, 0), "void_reason": "", "created_at": place.now}


def _claim(place: Department, customer: int, number: int) -> dict[str, Any]:
    state = ("decided", "decided", "sent", "typed", "withdrawn")[number % 5]
    at = place.moment(90)
    return {
        "customer_id": customer, "claimant_id": place.chance.choice(place.reps),
        "title": f"撞单 {number}", "typed": {"customer": {"name": f"撞单 {number}"}}, "keys": [],
        "owner_id": place.owners[customer], "decider_id": place.chance.choice(place.leaders),
        "state": state, "outcome": "stays" if state == "decided" else None, "reason": "",
        "due_at": at + timedelta(days=2), "created_at": at,
        "sent_at": at if state in ("sent", "decided") else None,
        "decided_at": at if state == "decided" else None,
    }


def _care(place: Department, customer: int, number: int) -> dict[str, Any]:
    return {
        "customer_id": customer, "contact_id": customer, "kind": ("report", "training")[number % 2],
        "key": f"bench:{number}", "due_on": place.day(-60, 30), "detail": {},
        "opened_at": place.now, "done_at": place.now if number % 3 == 0 else None,
        "was_dropped": False, "outcome": "",
    }


def _feedback(place: Department, customer: int, number: int) -> dict[str, Any]:
    return {
        "customer_id": customer, "contact_id": customer, "kind": ("nps", "complaint")[number % 2],
        "score": number % 11 if number % 2 == 0 else None, "text": "交付很准时。",
        "given_on": place.day(-400, 0), "settlement": "", "void_reason": "",
        "recorded_at": place.now,
    }


def _entry(place: Department, leads: list[dict[str, Any]], number: int) -> dict[str, Any]:
    """One in a hundred belongs to the first deal: a file that is full."""
    lead = leads[0 if number % 100 == 0 else place.chance.randrange(len(leads))]
    kind = KINDS[number % len(KINDS)]
    at: datetime = place.moment()
    return {
        "customer_id": lead["customer_id"], "lead_id": lead["id"] if number % 3 else None,
        "kind": kind, "at": at, "recorded_at": at, "detail": DETAILS.get(kind, {}),
        "actor_id": place.reps[number % len(place.reps)], "subject": "", "reason": "",
        "text": "跟进情况：等对方回复报价。",
    }
