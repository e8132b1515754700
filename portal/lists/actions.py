"""What is done with the editable lists."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded, line
from portal.extensions import db
from portal.lists import queries
from portal.lists.events import TagsMerged, TermRelabelled, TermRetired, TermsReordered
from portal.lists.models import LISTS, LONGEST_LABEL, Term


def add_term(
    actor_id: int | None, name: str, label_zh: str, label_en: str | None, now: datetime,
    code: str | None = None,
) -> Term:
    """A new entry at the end of a list. Raises `Refused` for an empty or a known label."""
    label_zh, label_en = _labels(name, label_zh, label_en)
    code = code or _code(label_zh)
    if _find(name, code) is not None:
        raise Refused(_l("The list already has this entry."))
    _demand_unknown(name, (label_zh, label_en))
    term = Term(
        list=name, code=code, label_zh=label_zh, label_en=label_en,
        position=queries.next_position(name), active=True,
    )
    db.session.add(term)
    # The audit entry names the new id.
    db.session.flush()
    audit.record(actor_id, "list.added", f"term:{term.id}", now, list=name, label=label_zh)
    return term


def change_term(
    actor_id: int, term: Term, label_zh: str, label_en: str | None, active: bool, now: datetime
) -> bool:
    """New wording, or retired: kept where it is used, offered no longer. Whether it changed.

    Raises `Refused` for a wording that another entry has, and what reactions refuse. Publishes
    `TermRelabelled`, `TermRetired`.
    """
    label_zh, label_en = _labels(term.list, label_zh, label_en)
    before = (term.label_zh, term.label_en)
    if before == (label_zh, label_en) and term.active == active:
        return False
    if term.list == "tag" and _code(label_zh) != term.code:
        if _find("tag", _code(label_zh)) is not None:
            raise Refused(_l("Another tag has this name; merge the two instead."))
        # A tag is found by its wording, so its code follows it.
        term.code = _code(label_zh)
    if before != (label_zh, label_en):
        _demand_unknown(term.list, (label_zh, label_en), but=term.code)
    retired = term.active and not active
    term.label_zh, term.label_en, term.active = label_zh, label_en, active
    if retired:
        publish(TermRetired(term.list, term.code))
    if before != (label_zh, label_en):
        publish(TermRelabelled(term.list, term.code, term.id))
    audit.record(actor_id, "list.changed", f"term:{term.id}", now, list=term.list,
                 before=list(before), after=[label_zh, label_en], active=active)
    return True


def set_active(actor_id: int, term: Term, active: bool, now: datetime) -> None:
    """Retire an entry, or bring it back."""
    change_term(actor_id, term, term.label_zh, term.label_en, active, now)


def move_term(actor_id: int, term: Term, step: int, now: datetime) -> None:
    """One place up (-1) or down (+1) in its list. Publishes `TermsReordered`."""
    ordered = list(db.session.scalars(queries.terms(term.list)))
    place = ordered.index(term)
    target = min(max(place + step, 0), len(ordered) - 1)
    ordered.insert(target, ordered.pop(place))
    for position, entry in enumerate(ordered, start=1):
        entry.position = position
    publish(TermsReordered(term.list))
    audit.record(actor_id, "list.moved", f"term:{term.id}", now, list=term.list, step=step)


def merge_tags(actor_id: int, tag: Term, into: Term, now: datetime) -> None:
    """Every record with `tag` gets `into`; the merged tag is removed."""
    if tag.list != "tag" or into.list != "tag" or tag.id == into.id:
        raise Refused(_l("Choose another tag to merge into."))
    audit.record(actor_id, "list.merged", f"term:{tag.id}", now, merged=tag.label_zh,
                 into=into.label_zh)
    publish(TagsMerged(tag.id, into.id))
    db.session.delete(tag)


def remove_unused_tags(actor_id: int, codes: Iterable[str], now: datetime) -> list[str]:
    """Remove those of these tags that no record carries; their wordings."""
    tags = list(queries.tags_with_codes(codes).values())
    uses = queries.uses(tags)
    unused = [tag for tag in tags if not uses[tag.id]]
    for tag in unused:
        audit.record(actor_id, "list.removed", f"term:{tag.id}", now, list="tag",
                     label=tag.label_zh)
        db.session.delete(tag)
    return [tag.label_zh for tag in unused]


def tags_named(labels: Iterable[str]) -> list[Term]:
    """The tags of these wordings, new ones made where nobody used the word before."""
    wanted = {_code(label): line(label)[:LONGEST_LABEL] for label in labels}
    wanted.pop("", None)
    known = queries.tags_with_codes(wanted)
    if new := [code for code in wanted if code not in known]:
        _make_tags({code: wanted[code] for code in new})
        known |= queries.tags_with_codes(new)
    return [known[code] for code in wanted]


def _make_tags(labels: Mapping[str, str]) -> None:
    """Tags that nobody has yet. Somebody may make one at this very moment: then it is theirs,
    and no text is refused for it."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    # In one order everywhere, so that two who make the same tags cannot wait for each other.
    rows = [{"list": "tag", "code": code, "label_zh": labels[code], "position": 0, "active": True}
            for code in sorted(labels)]
    db.session.execute(dialect.insert(Term.__table__).on_conflict_do_nothing(), rows)


def _labels(name: str, label_zh: str, label_en: str | None) -> tuple[str, str | None]:
    """The wordings, tidied. Raises `Refused` for an unknown list, an empty or a long one."""
    if name not in LISTS:
        raise Refused(_l("This list does not exist."))
    label_zh, label_en = line(label_zh), line(label_en)
    if not label_zh or max(len(label_zh), len(label_en)) > LONGEST_LABEL:
        raise Refused(_l("A label has 1 to 64 characters."))
    return label_zh, label_en or None


def _demand_unknown(name: str, labels: tuple[str, str | None], but: str = "") -> None:
    """Refuse a wording under which people would find another entry of the list."""
    if name == "tag":
        return
    for label in labels:
        found = queries.term_of(name, label) if label else None
        if found is not None and found.code != but:
            raise Refused(_l("The list already has this entry."))


def _code(label: str) -> str:
    """What every spelling of a label has in common."""
    return folded(label)[:LONGEST_LABEL]


def _find(name: str, code: str) -> Term | None:
    return db.session.scalar(select(Term).where(Term.list == name, Term.code == code))
