"""What is done with the editable lists."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded, line
from portal.extensions import db
from portal.lists import queries
from portal.lists.events import TagsMerged, TermRelabelled
from portal.lists.models import LISTS, Term

LONGEST_LABEL = 64


def add_term(
    actor_id: int | None, name: str, label_zh: str, label_en: str | None, now: datetime,
    code: str | None = None,
) -> Term:
    """A new entry at the end of a list. Raises `Refused` for an empty or a known label."""
    label_zh = line(label_zh)
    _check(name, label_zh)
    code = code or folded(label_zh)
    if _find(name, code) is not None:
        raise Refused(_l("The list already has this entry."))
    term = Term(
        list=name, code=code, label_zh=label_zh, label_en=line(label_en) or None,
        position=queries.next_position(name), active=True,
    )
    db.session.add(term)
    # The audit entry names the new id.
    db.session.flush()
    audit.record(actor_id, "list.added", f"term:{term.id}", now, list=name, label=label_zh)
    queries.forget_vocabulary()
    return term


def change_term(
    actor_id: int, term: Term, label_zh: str, label_en: str | None, active: bool, now: datetime
) -> None:
    """New wording, or retired: kept where it is used, offered no longer."""
    label_zh = line(label_zh)
    _check(term.list, label_zh)
    before = (term.label_zh, term.label_en)
    if term.list == "tag" and folded(label_zh) != term.code:
        if _find("tag", folded(label_zh)) is not None:
            raise Refused(_l("Another tag has this name; merge the two instead."))
        # A tag is found by its wording, so its code follows it.
        term.code = folded(label_zh)
    term.label_zh, term.label_en, term.active = label_zh, line(label_en) or None, active
    if before != (term.label_zh, term.label_en):
        publish(TermRelabelled(term.list, term.code, term.id))
    audit.record(actor_id, "list.changed", f"term:{term.id}", now, list=term.list,
                 before=list(before), after=[term.label_zh, term.label_en], active=active)
    queries.forget_vocabulary()


def move_term(actor_id: int, term: Term, step: int, now: datetime) -> None:
    """One place up (-1) or down (+1) in its list."""
    ordered = list(db.session.scalars(queries.terms(term.list)))
    place = ordered.index(term)
    target = min(max(place + step, 0), len(ordered) - 1)
    ordered.insert(target, ordered.pop(place))
    for position, entry in enumerate(ordered, start=1):
        entry.position = position
    audit.record(actor_id, "list.moved", f"term:{term.id}", now, list=term.list, step=step)
    queries.forget_vocabulary()


def merge_tags(actor_id: int, tag: Term, into: Term, now: datetime) -> None:
    """Every record with `tag` gets `into`; the merged tag is removed."""
    if tag.list != "tag" or into.list != "tag" or tag.id == into.id:
        raise Refused(_l("Choose another tag to merge into."))
    audit.record(actor_id, "list.merged", f"term:{tag.id}", now, merged=tag.label_zh,
                 into=into.label_zh)
    publish(TagsMerged(tag.id, into.id))
    db.session.delete(tag)


def tags_named(labels: Iterable[str]) -> list[Term]:
    """The tags of these wordings, new ones made where nobody used the word before."""
    wanted = {folded(label)[:LONGEST_LABEL]: line(label)[:LONGEST_LABEL] for label in labels}
    wanted.pop("", None)
    known = queries.tags_with_codes(wanted)
    for code in wanted.keys() - known.keys():
        known[code] = Term(list="tag", code=code, label_zh=wanted[code], position=0, active=True)
        db.session.add(known[code])
    return [known[code] for code in wanted]


def _check(name: str, label: str) -> None:
    if name not in LISTS:
        raise Refused(_l("This list does not exist."))
    if not label or len(label) > LONGEST_LABEL:
        raise Refused(_l("A label has 1 to 64 characters."))


def _find(name: str, code: str) -> Term | None:
    return db.session.scalar(select(Term).where(Term.list == name, Term.code == code))
