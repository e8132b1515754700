"""Cases, their solutions, comments and files; imports and exports of them."""

from portal.cases.actions.attachments import Upload, attach
from portal.cases.actions.talk import add_comment, propose_solution
from portal.cases.models import Attachment, Case, Comment, Solution
from portal.cases.transfer.models import CaseImport
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.tasks.models import Task
from tests.architecture.rooms.room import EVERYONE, Made, Room, Walk, one, picture


def _solution(walk: Walk) -> Made:
    with transaction():
        solution = propose_solution(walk.writer.actor, walk.case,
                                    "Ask who met the customer first.", walk.now)
    return {"solution_id": solution.id}


def _comment(walk: Walk) -> Made:
    with transaction():
        comment = add_comment(walk.writer.actor, walk.case, "That helped.", walk.now)
    return {"comment_id": comment.id}


def _file(walk: Walk) -> Made:
    settings = walk.app.extensions["settings"]
    with transaction():
        file = attach(walk.writer.actor, walk.case, Upload("dot.png", picture()), settings.files,
                      settings.upload_mb, walk.now)
    return {"attachment_id": file.id}


def _case_import(walk: Walk) -> CaseImport:
    """The administrator uploaded it."""
    admin = db.session.query(User.id).filter_by(login="admin").scalar()
    return CaseImport(person_id=admin, name="cases.zip", format="files", size=1, sha256="0" * 64,
                      created_at=walk.now)


ROOM = Room(
    roles={
        "case:record": EVERYONE,
        "analysis:by_team": {"manager", "hr", "admin"},
        "health:read": {"manager", "hr", "admin"},
        "case:import": {"admin", "manager"},
        "case:export": {"admin", "manager"},
    },
    cases={
        # permission          for the team  for everyone  a draft
        "case:read":         ("yy-yy---", "yyyyyyyy", "y-------"),
        "case:edit":         ("yn-yn---", "ynnynnnn", "y-------"),
        "case:archive":      ("yn-yn---", "ynnynnnn", "y-------"),
        "case:accept":       ("yn-yy---", "ynnyyynn", "y-------"),
        "case:propose":      ("yy-yy---", "yyyyyyyy", "n-------"),
        "case:comment":      ("yy-yy---", "yyyyyyyy", "n-------"),
        "case:praise":       ("yy-yy---", "yyyyyyyy", "n-------"),
        "case:reuse":        ("yy-yy---", "yyyyyyyy", "n-------"),
        "case:attach":       ("yy-yy---", "yyyyyyyy", "y-------"),
        "text:read":         ("yy-yy---", "yyyyyyyy", "y-------"),
        "text:edit":         ("ny-nn---", "nynnnnnn", "n-------"),
        "text:withdraw":     ("yy-yn---", "yynynnnn", "y-------"),
        "solution:accept":   ("yn-yy---", "ynnyyynn", "y-------"),
        "attachment:read":   ("yy-yy---", "yyyyyyyy", "y-------"),
        "attachment:remove": ("yy-yn---", "yynynnnn", "y-------"),
        # The administrator uploaded it.
        "import:use":        ("-------y", "-------y", "-------y"),
        "export:fetch":      ("y-------", "y-------", "y-------"),
    },
    not_pages={
        "cases.attachment", "cases.thumbnail", "health.export", "analysis.export",
        "transfer.download_export",
    },
    leads_on={
        "cases.drafts", "cases.choose_kind_before", "playbooks.fill", "playbooks.filled_markdown",
        "playbooks.filled_text",
    },
    visitors={"text:edit": "bob", "import:use": "admin"},
    rows={
        "case": (Case, "case_id"),
        "text": (Comment, "comment_id"),
        "solution": (Solution, "solution_id"),
        "attachment": (Attachment, "attachment_id"),
        "export": (Task, "export_id"),
        "import": (CaseImport, "import_id"),
    },
    makers={
        "solution_id": _solution,
        "comment_id": _comment,
        "attachment_id": _file,
        "import_id": one("import_id", _case_import),
    },
)  # fmt: skip
