"""One table for every editable list."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db

LISTS = ("stage", "industry", "product", "region", "channel", "reason", "tag")
LONGEST_LABEL = 64


class Term(db.Model):  # type: ignore[name-defined, misc]
    """An entry of a list. Records keep its `code`, so its labels may change freely."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("list", "code"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    list: Mapped[str] = mapped_column(String(16), index=True)
    code: Mapped[str] = mapped_column(String(64))
    label_zh: Mapped[str] = mapped_column(String(64))
    label_en: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)

    def label(self, language: str) -> str:
        """The entry in a person's language; a tag has one wording for all."""
        return label_in(language, self.label_zh, self.label_en)


def label_in(language: str, label_zh: str, label_en: str | None) -> str:
    """The English wording for an English page, if there is one; else the Chinese."""
    return label_en if language == "en" and label_en else label_zh
