"""Who has what a row brings, within what one person may have (L3)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import held_by
from portal.leads.pool.rules import can_hold
from portal.leads.transfer.rules import BY_RULES, ME, NOBODY
from portal.people.models import User
from portal.people.rules import Actor


class Owners:
    """The owner of each row; what would be too much for one person goes to the pool, and is told.

    Counted once, then along with what is written.
    """

    def __init__(self, actor: Actor, default: str, names: Mapping[int, str]) -> None:
        self.actor, self.default, self.names = actor, default, names
        self._bounds = limits()
        self._held: dict[int, int] = {}

    @property
    def by_rules(self) -> bool:
        """Whether the allocation rules name the owner of what nobody is named for."""
        return self.default == BY_RULES

    def owner_of(self, values: Mapping[str, Any]) -> tuple[int | None, Any]:
        """The person, None for the pool; and what is to be told of it."""
        wanted = values["owner"] if "owner" in values else self._default()
        # Between rehearsal and import somebody may have left, or lead others now.
        if wanted is not None and wanted not in self.names:
            return None, _l("It goes to the pool: its owner cannot be given leads any more.")
        if wanted is None or self._can_hold(wanted):
            return wanted, None
        return None, _l("It goes to the pool: %(name)s has %(cap)d open leads, which is the most.",
                        name=self.names[wanted], cap=self._bounds.cap)

    @property
    def default_claimer(self) -> int:
        """For whom customers of the pool are claimed where the table names nobody."""
        return self._default() or self.actor.id

    def claimer_of(self, values: Mapping[str, Any]) -> int:
        """For whom a row is claimed. Raises `Refused` when that cannot be."""
        wanted = values.get("owner", self.default_claimer)
        if wanted is None:
            raise Refused(_l("The table says that it belongs in the pool."))
        if wanted not in self.names:
            raise Refused(_l("Its owner cannot be given leads any more."))
        return wanted

    def held(self, person_id: int) -> int:
        """How many open leads this person has, with what was written so far."""
        if person_id not in self._held:
            self._held[person_id] = held_by([person_id])[person_id]
        return self._held[person_id]

    def has_one_more(self, owner_id: int | None) -> None:
        if owner_id in self._held:
            self._held[owner_id] += 1

    def hold(self, *, wholly: bool = False) -> None:
        """Let nobody lock these people in between: in PostgreSQL a lead with an owner locks its
        owner a little, and whoever claims from the pool locks themselves `wholly`."""
        people = {self.actor.id, *self.names}
        db.session.execute(select(User.id).where(User.id.in_(people)).order_by(User.id)
                           .with_for_update(read=not wholly, key_share=True)).all()

    def count_again(self) -> None:
        """Others give and take leads meanwhile."""
        self._held.clear()

    def _default(self) -> int | None:
        if self.default in (NOBODY, BY_RULES):
            return None
        return self.actor.id if self.default in ("", ME) else int(self.default)

    def _can_hold(self, person_id: int) -> bool:
        return can_hold(self._bounds, self.held(person_id))
