"""What the form of each kind starts with: seeded from files, edited by administrators."""

from sqlalchemy import select

from portal.cases.models import CaseTemplate
from portal.cases.rules import KINDS
from portal.config import ROOT
from portal.core.i18n import LANGUAGES
from portal.extensions import db


def seed() -> None:
    """Add the templates that the portal does not have yet; edited ones stay."""
    rows = db.session.execute(select(CaseTemplate.kind, CaseTemplate.language))
    known = {(kind, language) for kind, language in rows}
    for language in LANGUAGES:
        for kind in KINDS:
            if (kind, language) not in known and (body := shipped(kind, language)):
                db.session.add(CaseTemplate(kind=kind, language=language, body=body))


def shipped(kind: str, language: str) -> str:
    """The template that comes with the portal; empty when there is none."""
    path = ROOT / "content" / "templates" / language / f"{kind}.md"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""
