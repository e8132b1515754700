"""Similar cases inside a lead: on its page, and in forms while one writes."""

from dataclasses import dataclass

from flask import Response, g, request, url_for

from portal.cases import origins
from portal.core import access
from portal.core.render import render, wants_fragment
from portal.customers.models import Customer
from portal.leads.loop.queries.alike import asked_of, found
from portal.leads.loop.queries.uses import uses_of
from portal.leads.loop.routes import blueprint
from portal.leads.models import Lead

LONGEST_WORDS = 2000


@dataclass(frozen=True)
class About:
    """What cases are looked for, and used for."""

    customer: Customer
    lead: Lead | None

    @property
    def ref(self) -> str:
        return self.lead.ref if self.lead else self.customer.ref

    @property
    def lead_id(self) -> int | None:
        return self.lead.id if self.lead else None

    @property
    def page(self) -> str:
        """The tab with all that was used."""
        if self.lead is None:
            return url_for("loop.of_customer", customer_id=self.customer.id)
        return url_for("loop.of_lead", lead_id=self.lead.id)

    def url(self, endpoint: str, **values: object) -> str:
        """The address of the same thing done for this lead or this customer."""
        if self.lead is None:
            return url_for(f"{endpoint}_for_customer", customer_id=self.customer.id, **values)  # type: ignore[arg-type]
        return url_for(endpoint, lead_id=self.lead.id, **values)  # type: ignore[arg-type]


@blueprint.get("/leads/<int:lead_id>/cases/alike")
@access.requires("lead:read")
def alike(lead_id: int) -> Response:
    """Cases like the deal, or like the `words` that somebody writes about it."""
    lead = access.fetch(Lead, lead_id, "lead:read")
    return alike_page(About(lead.customer, lead))


@blueprint.get("/customers/<int:customer_id>/cases/alike")
@access.requires("customer:read")
def alike_for_customer(customer_id: int) -> Response:
    """The same, where no deal is meant."""
    return alike_page(About(access.fetch(Customer, customer_id, "customer:read"), None))


def alike_page(about: About, status: int = 200) -> Response:
    """What is found, with what one has used of it already."""
    words = request.values.get("words", "")[:LONGEST_WORDS]
    stage = request.values.get("stage", "")[:64] or None
    asked = asked_of(about.customer, about.lead, words, stage)
    uses = {use.case.id: use for use in uses_of(g.actor, about.customer.id, about.lead_id)
            if use.is_mine}
    return render(
        "loop/alike.html", "loop/_lead_alike.html", status=status, about=about,
        found=found(g.actor, asked), asked=asked, uses=uses, words=words, stage=stage or "",
        source=source_ref(about), typed=bool(words.strip()), inline=wants_fragment(),
    )


def source_ref(about: About) -> str:
    """The record in which one writes: a visit that the person may read, else the lead itself."""
    ref = request.values.get("from", "")
    return ref if origins.place_of(g.actor, ref) is not None else about.ref
