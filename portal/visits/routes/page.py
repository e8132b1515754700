"""The page of one visit: the plan, what came of it, who was there, and what colleagues say."""

from flask import Response, g
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.models import Case
from portal.cases.queries.cases import visible_to
from portal.core import access, clock
from portal.core.render import render
from portal.customers.forms.people import SellerForm
from portal.customers.models import Customer, CustomerPerson
from portal.extensions import db
from portal.visits import rules
from portal.visits.forms import CommentForm
from portal.visits.models import Visit, VisitComment, VisitContact, VisitPerson, VisitReview
from portal.visits.routes import blueprint

LOADED = (
    joinedload(Visit.customer).selectinload(Customer.people).joinedload(CustomerPerson.person),
    joinedload(Visit.lead), joinedload(Visit.owner),
    selectinload(Visit.contacts).joinedload(VisitContact.contact),
    selectinload(Visit.people).joinedload(VisitPerson.person),
    selectinload(Visit.reviews).joinedload(VisitReview.written_by),
    selectinload(Visit.comments).joinedload(VisitComment.author),
)
MOST_CASES = 20


@blueprint.get("/visits/<int:visit_id>")
@access.requires("visit:read")
def show(visit_id: int) -> Response:
    """Everything about it, for whoever may read it."""
    return visit_page(access.fetch(Visit, visit_id, "visit:read", options=LOADED))


def visit_page(
    visit: Visit, *, status: int = 200, comment: CommentForm | None = None,
    colleague: SellerForm | None = None,
) -> Response:
    """The page, with a form that was refused."""
    today = clock.today()
    mine = access.allows(g.actor, "visit:edit", visit)
    return render(
        "visits/show.html", status=status, visit=visit, mine=mine, today=today,
        reads_file=access.allows(g.actor, "customer:read", visit.customer),
        may_review=mine and rules.may_be_reviewed(visit.status, visit.day, today),
        may_arrive=mine and visit.status == rules.PLANNED and visit.day == today,
        comment_form=comment or CommentForm(formdata=None),
        colleague_form=colleague or SellerForm(formdata=None),
        cases=_cases(visit),
    )


def _cases(visit: Visit) -> list[Case]:
    """What was recorded from it, as far as the reader may read it."""
    query = visible_to(g.actor).where(Case.source_ref == visit.ref).order_by(Case.id)
    return list(db.session.scalars(query.limit(MOST_CASES)))
