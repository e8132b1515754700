"""Evidence of either side: whom they reach, since when, and photos."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

from portal.cases.actions.file_checks import checked, harmless_name
from portal.cases.actions.stored_files import store
from portal.core import audit, clock
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, line
from portal.extensions import db
from portal.leads.claims import rules
from portal.leads.claims.events import EvidenceAdded
from portal.leads.claims.models import Claim, ClaimEvidence, ClaimPhoto
from portal.people.rules import Actor


@dataclass(frozen=True)
class Said:
    """What somebody says for themselves: whom they reach there and as what, when they met."""

    reaches: str
    decision_role: str = ""
    met_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Photo:
    """A photo as it arrives."""

    name: str
    stream: IO[bytes]


@dataclass(frozen=True)
class Shelf:
    """Where photos are kept, and how large one may be."""

    folder: Path
    limit_mb: int


def add_evidence(
    actor: Actor, claim: Claim, said: Said, photos: Sequence[Photo], shelf: Shelf, now: datetime
) -> ClaimEvidence:
    """What the claimant or the owner says to a claim that is sent. Publishes `EvidenceAdded`."""
    db.session.refresh(claim, with_for_update={"of": Claim, "key_share": True})
    if not claim.is_sent:
        raise Refused(_l("This claim is decided or withdrawn by now."))
    evidence = place_evidence(actor, claim, said, photos, shelf, now)
    publish(EvidenceAdded(claim.id, evidence.id, actor.id))
    return evidence


def place_evidence(
    actor: Actor, claim: Claim, said: Said, photos: Sequence[Photo], shelf: Shelf, now: datetime
) -> ClaimEvidence:
    """Write it down. Raises `Refused` for a meeting in the future, and for what is no photo."""
    _check(claim, said, photos)
    # All are looked at before any is kept.
    looked_at = [_photo(photo, shelf.limit_mb) for photo in photos]
    evidence = ClaimEvidence(
        claim=claim, person_id=actor.id, reaches=line(said.reaches)[:80],
        decision_role=said.decision_role, met_on=said.met_on,
        note=block(said.note)[: rules.LONGEST_NOTE], at=now,
    )
    db.session.add(evidence)
    for name, media_type, content in looked_at:
        evidence.photos.append(ClaimPhoto(
            sha256=store(content, shelf.folder), name=name, media_type=media_type,
            size=len(content)))
    # The audit entry and the event name the new id.
    db.session.flush()
    audit.record(actor.id, "claim.evidence_added", claim.ref, now, evidence=evidence.id,
                 photos=len(looked_at))
    return evidence


def _check(claim: Claim, said: Said, photos: Sequence[Photo]) -> None:
    if not line(said.reaches):
        raise Refused(_l("Say whom you reach there."))
    if said.met_on is not None and said.met_on > clock.today():
        raise Refused(_l("This day is still to come. When did you meet them?"))
    if len(photos) > rules.MOST_PHOTOS:
        raise Refused(_l("At most %(most)d photos at once.", most=rules.MOST_PHOTOS))
    if len(claim.evidence) >= rules.MOST_EVIDENCE:
        raise Refused(_l("There is enough evidence here; ask for the decision."))


def _photo(photo: Photo, limit_mb: int) -> tuple[str, str, bytes]:
    """Name, media type and bytes, without the place where it was taken."""
    name = harmless_name(photo.name)
    content = photo.stream.read(limit_mb * 1024 * 1024 + 1)
    media_type, content = checked(name, content, limit_mb)
    if not media_type.startswith("image/"):
        raise Refused(_l("“%(name)s” is no photo.", name=name))
    return name, media_type, content
