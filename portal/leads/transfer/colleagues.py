"""For whom a person may import, and who is meant by a name in a table."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded
from portal.customers.queries.reading import covered
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import SELLERS, Actor
from portal.transfer.wrong import Wrong

POOL_WORDS = frozenset(map(folded, (
    "公海", "公海池", "线索池", "线索公海", "客户公海", "无", "未分配",
    "pool", "lead pool", "the pool", "nobody", "none", "unassigned", "-",
)))


@dataclass(frozen=True)
class Colleague:
    id: int
    name: str
    login: str


def importable_for(actor: Actor) -> list[Colleague]:
    """Reps for themselves; managers also for everybody they lead."""
    query = select(User.id, User.name, User.login).where(
        User.deactivated_at.is_(None), User.role.in_(SELLERS),
        covered(actor) if actor.is_manager else User.id == actor.id,
    )
    found = [Colleague(*row) for row in db.session.execute(query.order_by(User.name, User.id))]
    return sorted(found, key=lambda each: each.id != actor.id)


class Colleagues:
    """Everybody with an account, by login and by name, and for whom this person may import."""

    def __init__(self, actor: Actor) -> None:
        self.may = {each.id: each.name for each in importable_for(actor)}
        self._leads = actor.is_manager
        self._by_login: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        query = select(User.id, User.name, User.login).where(User.deactivated_at.is_(None))
        for person_id, name, login in db.session.execute(query):
            self._by_login[login.casefold()] = person_id
            self._by_name.setdefault(folded(name), []).append(person_id)

    def meant(self, written: str) -> int | None:
        """The person's number; None for a word that means the pool. Raises `Wrong`."""
        wanted = folded(written)
        if wanted in POOL_WORDS:
            return None
        same_name = self._by_name.get(wanted, [])
        found = self._by_login.get(wanted) or (same_name[0] if len(same_name) == 1 else None)
        if found is None and same_name:
            mine = [each for each in same_name if each in self.may]
            if len(mine) != 1:
                raise Wrong(_l("Several colleagues are called “%(name)s”; write the login instead.",
                               name=written))
            found = mine[0]
        if found is None:
            raise Wrong(_l("Nobody here has the name or login “%(name)s”.", name=written))
        if found not in self.may:
            raise Wrong(
                _l("You may import for yourself, for those you lead and for the pool, not for "
                   "“%(name)s”.", name=written) if self._leads else
                _l("You may import for yourself and for the pool, not for “%(name)s”.",
                   name=written))
        return found
