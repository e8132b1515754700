"""Which exported cases were merged into which: read once all of them are there."""

from collections.abc import Iterable

from portal.cases.exchange.lookups import by_ref
from portal.cases.exchange.records import CaseRecord
from portal.cases.models import Case
from portal.cases.queries.merged import kept_case
from portal.core.unit_of_work import transaction
from portal.extensions import db


def lead_on(records: Iterable[CaseRecord]) -> None:
    """Let the addresses of archived cases lead to those that took them in, in a transaction of
    its own. A way that is not here, or would lead in a circle, is left out."""
    wanted = {record.ref: record.merged_into for record in records if record.merged_into}
    if not wanted:
        return
    with transaction():
        cases = by_ref(Case, {*wanted, *wanted.values()})
        for ref, into in wanted.items():
            gone, kept = cases.get(ref), cases.get(into)
            if gone is None or kept is None or gone.confidence != "archived":
                continue
            if gone.merged_into_id is None and kept_case(kept).id != gone.id:
                gone.merged_into_id = kept.id
                db.session.flush()
                db.session.expire(gone, ["merged_into"])
