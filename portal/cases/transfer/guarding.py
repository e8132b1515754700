"""What an import in the browser may touch: what its person may edit, as it was rehearsed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from portal.cases.exchange.records import CaseRecord, NotYours, Record, Wrong
from portal.cases.models import Case
from portal.core import access
from portal.core.i18n import lazy_gettext as _l
from portal.people.rules import Actor


@dataclass
class RehearsalGuard:
    """Administrators may everything, as on the command line; managers what they may edit."""

    actor: Actor
    # Cases that this very import made.
    own: Collection[int] = ()

    def __call__(self, record: Record, case: Case | None) -> None:
        if case is None:
            return
        line = record.lines.get("ref", 0)
        if isinstance(record, CaseRecord) and case.merged_into_id is not None:
            raise Wrong(_l("The case “%(ref)s” was merged into another one.", ref=record.ref), line)
        if self.actor.role == "admin" or case.id in self.own:
            return
        if not access.allows(self.actor, "case:edit", case):
            # The same words whether one may read it or not.
            refusal = NotYours if access.allows(self.actor, "case:read", case) else Wrong
            raise refusal(_l("“%(ref)s” is the ref of a case that you may not change.",
                             ref=case.ref), line)


@dataclass
class CommitGuard(RehearsalGuard):
    """Writes nothing that the person has not seen: what changed since is left out."""

    # Path of the record → verdict of the rehearsal and the revision that it saw.
    seen: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)

    def __call__(self, record: Record, case: Case | None) -> None:
        super().__call__(record, case)
        if not isinstance(record, CaseRecord):
            return
        verdict, revision = self.seen[record.path]
        if verdict == "update" and case is not None and case.revision != revision:
            raise Wrong(_l("Somebody changed the case since the rehearsal. Rehearse it once "
                           "more."))
        if verdict in ("new", "alike") and case is not None:
            raise Wrong(_l("Somebody recorded this case since the rehearsal. Rehearse it once "
                           "more."))
