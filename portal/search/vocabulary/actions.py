"""What is done with the synonym groups."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, select

from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.search.models import SynonymGroup
from portal.search.vocabulary.phrases import key_of
from portal.search.vocabulary.seeds import shipped_groups


def add_group(actor_id: int, phrases: Sequence[str], now: datetime) -> SynonymGroup:
    """A new group of these phrases. Raises `Refused` when the same group is there already."""
    if _same_as(phrases) is not None:
        raise Refused(_l("There is a group of exactly these phrases already."))
    group = _make(actor_id, phrases, now)
    audit.record(actor_id, "synonyms.added", f"synonyms:{group.id}", now, phrases=list(phrases))
    return group


def change_group(
    actor_id: int, group: SynonymGroup, phrases: Sequence[str], now: datetime
) -> bool:
    """Other phrases for a group; whether that changed anything.

    Raises `Refused` when another group has exactly these.
    """
    if list(phrases) == group.phrases:
        return False
    same = _same_as(phrases)
    if same is not None and same.id != group.id:
        raise Refused(_l("There is a group of exactly these phrases already."))
    before, group.phrases = group.phrases, list(phrases)
    _sign(actor_id, group, now)
    audit.record(actor_id, "synonyms.changed", f"synonyms:{group.id}", now, before=before,
                 after=list(phrases))
    return True


def remove_group(actor_id: int, group: SynonymGroup, now: datetime) -> None:
    """Search with it no longer. The row stays, so that no upgrade brings the group back."""
    if group.removed_at is None:
        group.removed_at = now
        _sign(actor_id, group, now)
        audit.record(actor_id, "synonyms.removed", f"synonyms:{group.id}", now,
                     phrases=group.phrases)


def put_group_back(actor_id: int, group: SynonymGroup, now: datetime) -> None:
    """Search with a removed group again. Raises `Refused` when another one has its phrases."""
    if group.removed_at is not None:
        if _same_as(group.phrases) is not None:
            raise Refused(_l("There is a group of exactly these phrases already."))
        group.removed_at = None
        _sign(actor_id, group, now)
        audit.record(actor_id, "synonyms.put_back", f"synonyms:{group.id}", now,
                     phrases=group.phrases)


def reset_group(actor_id: int, group: SynonymGroup, now: datetime) -> None:
    """Give a shipped group its first phrases again.

    Raises `Refused` when the portal does not come with this group (any more).
    """
    original = shipped_groups().get(group.shipped_key or "")
    if original is None:
        raise Refused(_l("This group did not come with the portal."))
    change_group(actor_id, group, original, now)


def add_groups(actor_id: int, groups: Iterable[Sequence[str]], now: datetime) -> int:
    """Many new groups at once; how many. Those that are there already are left out."""
    known = {key_of(each.phrases) for each in db.session.scalars(_in_force())}
    wanted = {key_of(phrases): phrases for phrases in groups}
    new = [phrases for key, phrases in wanted.items() if key not in known]
    for phrases in new:
        _make(actor_id, phrases, now)
    if new:
        audit.record(actor_id, "synonyms.imported", "synonyms:import", now, groups=len(new))
    return len(new)


def _make(actor_id: int, phrases: Sequence[str], now: datetime) -> SynonymGroup:
    group = SynonymGroup(phrases=list(phrases), changed_by_id=actor_id, changed_at=now)
    db.session.add(group)
    # The audit entry names the new id.
    db.session.flush()
    return group


def _sign(actor_id: int, group: SynonymGroup, now: datetime) -> None:
    group.changed_by_id, group.changed_at = actor_id, now


def _in_force() -> Select[SynonymGroup]:
    return select(SynonymGroup).where(SynonymGroup.removed_at.is_(None))


def _same_as(phrases: Sequence[str]) -> SynonymGroup | None:
    """The group in force that has exactly these phrases, however spelled."""
    wanted = key_of(phrases)
    rows = db.session.scalars(_in_force())
    return next((row for row in rows if key_of(row.phrases) == wanted), None)
