"""Tables of visits and follow-ups."""

from portal.visits.models.review import VisitReview
from portal.visits.models.talk import VisitComment
from portal.visits.models.visit import Visit, VisitContact, VisitPerson

__all__ = ["Visit", "VisitComment", "VisitContact", "VisitPerson", "VisitReview"]
