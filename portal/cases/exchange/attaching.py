"""The files of imported cases: attached once, and linked from the text by their address."""

import hashlib
import io
from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from typing import cast

from sqlalchemy import select

from portal.cases.actions.attachments import Upload, attach
from portal.cases.actions.file_checks import as_kept
from portal.cases.exchange import links
from portal.cases.exchange.attached import MOST_FILES, inside, names_in_folder
from portal.cases.exchange.job import Job
from portal.cases.exchange.records import CaseRecord, File, Wrong
from portal.cases.exchange.report import Report
from portal.cases.models import Attachment, Case
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db


def kept_files(case_ids: Collection[int]) -> dict[int, list[Attachment]]:
    """The present files of these cases, in the order they came."""
    found: dict[int, list[Attachment]] = {}
    query = select(Attachment).where(
        Attachment.case_id.in_(case_ids), Attachment.removed_at.is_(None)
    )
    for file in db.session.scalars(query.order_by(Attachment.id)) if case_ids else ():
        found.setdefault(cast(int, file.case_id), []).append(file)
    return found


def attach_files(
    job: Job, case: Case, record: CaseRecord, kept: Iterable[Attachment], report: Report
) -> tuple[dict[str, int], list[int]]:
    """Attach what the case does not have yet; place → id, and the ids of what was attached.

    A file that cannot be taken is told and left out; the case goes in without it.
    """
    have: dict[tuple[str, str], deque[int]] = defaultdict(deque)
    for known in kept:
        have[known.name, known.sha256].append(known.id)
    places: dict[str, int] = {}
    added: list[int] = []
    for file in record.files:
        try:
            content = _bytes_of(file, job)
            # A case may hold the same file twice; each stands for one of those that it has.
            kept_bytes = as_kept(file.name, content)
            same = have[file.name, hashlib.sha256(kept_bytes).hexdigest()]
            if not same:
                upload = Upload(file.name, io.BytesIO(content))
                same.append(attach(
                    job.actor, case, upload, job.store, job.limit_mb, job.now, MOST_FILES).id)
                added.append(same[0])
            places[file.place] = same.popleft()
        except Refused as refused:
            report.problem(record.path, refused.message, record.lines.get("attachments", 0))
    return places, added


def match_files(
    job: Job, record: CaseRecord, kept: Iterable[Attachment]
) -> tuple[dict[str, int], bool]:
    """The files that the case has already, place → id, and whether it lacks others. Raises
    nothing: what cannot be taken is told when it is attached."""
    have: dict[tuple[str, str], deque[int]] = defaultdict(deque)
    for known in kept:
        have[known.name, known.sha256].append(known.id)
    places, lacks = {}, False
    for file in record.files:
        try:
            same = have[file.name, hashlib.sha256(_bytes_of(file, job)).hexdigest()]
        except Refused:
            continue
        if same:
            places[file.place] = same.popleft()
        else:
            lacks = True
    return places, lacks


def _bytes_of(file: File, job: Job) -> bytes:
    if file.content is not None:
        return file.content
    if not file.path:
        raise Wrong(_l("“%(file)s” does not lie in the imported folder.", file=file.place))
    return job.folder.read(file.path, job.limit)


class Elsewhere:
    """Where exported texts link to the files of other cases: `../attachments/<ref>/<name>`."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """`texts` are paths of files with their Markdown."""
        found = (_ref_in(place, page) for page, text in texts for place in links.targets(text))
        wanted = {ref for ref in found if ref}
        self._ids: dict[tuple[str, str], int] = {}
        if not wanted:
            return
        refs = dict(db.session.execute(
            select(Case.id, Case.ref).where(Case.ref.in_(wanted))).all())
        for case_id, files in kept_files(refs.keys()).items():
            names = names_in_folder([file.name for file in files])
            for file, name in zip(files, names, strict=True):
                self._ids[(refs[case_id], name)] = file.id

    def id_of(self, place: str, page: str) -> int | None:
        ref = _ref_in(place, page)
        return self._ids.get((ref, place.rpartition("/")[2])) if ref else None


def _ref_in(place: str, page: str) -> str | None:
    parts = (inside(place, page) or "").split("/")
    return parts[-2] if len(parts) >= 3 and parts[-3] == "attachments" else None
