"""What a person may follow here: its name, and whether they do."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from portal.cases.following import targets
from portal.cases.following.models import Follow
from portal.cases.models import Case
from portal.cases.queries.cases import met_by, readable_by, reader_of
from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.lists.models import Term
from portal.lists.queries import vocabulary
from portal.people.rules import Actor

SORTS: Mapping[str, Any] = {
    "case": _l("Case"), "tag": _l("Tag"), "stage": _l("Stage"), "industry": _l("Industry"),
    "product": _l("Product"), "region": _l("Region"),
}


@dataclass(frozen=True)
class Offer:
    """`label` is empty for what the person may not see any more."""

    target: str
    label: str
    on: bool

    @property
    def sort(self) -> str:
        return self.target.partition(":")[0]

    @property
    def word(self) -> str:
        return str(SORTS[self.sort])


def followed(person_id: int, wanted: Collection[str]) -> set[str]:
    """Those of these targets that the person follows."""
    if not wanted:
        return set()
    query = select(Follow.target).where(
        Follow.person_id == person_id, Follow.target.in_(wanted), Follow.ended_at.is_(None)
    )
    return set(db.session.scalars(query))


def offers(actor: Actor, wanted: Iterable[str]) -> list[Offer]:
    """These targets in their order, by the names they have for this reader; those that do not
    exist, or not for this reader, have none."""
    wanted = list(wanted)
    names, mine = labels(actor, wanted), followed(actor.id, wanted)
    return [Offer(target, names.get(target, ""), target in mine) for target in wanted]


def labels(actor: Actor, wanted: Collection[str]) -> dict[str, str]:
    """The names of these targets, in one statement for the cases and one for the tags."""
    found = {target: name for target in wanted if (name := _entry(target))}
    if ids := _ids("case", wanted):
        cases: Select[int, str] = select(Case.id, Case.title).where(
            Case.id.in_(ids), readable_by(actor)
        )
        found |= {f"case:{case_id}": title for case_id, title in db.session.execute(cases)}
    if ids := _ids("tag", wanted):
        tags: Select[int, str] = select(Term.id, Term.label_zh).where(
            Term.list == "tag", Term.id.in_(ids), met_by(reader_of(actor))
        )
        found |= {f"tag:{term_id}": label for term_id, label in db.session.execute(tags)}
    return found


def of_filters(actor: Actor, filters: Any) -> list[Offer]:
    """What a list of cases is narrowed to can be followed, if it exists."""
    wanted = [f"{field}:{code}" for field in targets.FIELDS if (code := getattr(filters, field))]
    if filters.tag:
        query = select(Term.id).where(Term.list == "tag", Term.code == filters.tag)
        wanted += [f"tag:{term_id}" for term_id in db.session.scalars(query)]
    return [offer for offer in offers(actor, wanted) if offer.label] if wanted else []


def _ids(sort: str, wanted: Iterable[str]) -> list[int]:
    parts = (target.partition(":") for target in wanted)
    return [int(number) for prefix, _colon, number in parts if prefix == sort]


def _entry(target: str) -> str:
    """The wording of a list's entry in the reader's language."""
    field, _colon, code = target.partition(":")
    entry = vocabulary()[field].get(code) if field in targets.FIELDS else None
    return entry.label(current_language()) if entry else ""
