"""Who imports, as they stand now."""

from portal.core import access
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people.models import User
from portal.people.queries import actor_for
from portal.people.rules import Actor


def importer(person_id: int) -> Actor:
    """The person as they stand now. Raises `Refused` when they may not import any more."""
    user = db.session.get(User, person_id)
    if user is None or not user.is_active:
        raise Refused(_l("The account of who asked for it is closed."))
    actor = actor_for(user)
    if not access.allows(actor, "lead:import"):
        raise Refused(_l("Who asked for it may not import any more."))
    return actor
