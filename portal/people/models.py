"""Tables of people: users, teams and where each is signed in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db


class Team(db.Model):  # type: ignore[name-defined, misc]
    """A team in the tree of the department."""

    __tablename__ = "teams"
    __table_args__ = IDS_FOR_EVER

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    leader_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", use_alter=True), index=True
    )
    is_sample: Mapped[bool] = mapped_column(default=False)

    parent: Mapped["Team | None"] = relationship(remote_side=id)
    leader: Mapped["User | None"] = relationship(foreign_keys=leader_id, post_update=True)


class User(db.Model):  # type: ignore[name-defined, misc]
    """A person with an account. Nobody is deleted: who leaves is deactivated."""

    __tablename__ = "users"
    __table_args__ = IDS_FOR_EVER

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    job_title: Mapped[str | None] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(16), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    joined_on: Mapped[date | None]
    password_hash: Mapped[str] = mapped_column(Text)
    must_change_password: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str | None] = mapped_column(String(8))
    theme: Mapped[str] = mapped_column(String(8), default="system")
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]

    team: Mapped[Team | None] = relationship(foreign_keys=team_id)

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None

    # What Flask-Login asks of an account.
    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.id)


class SignIn(db.Model):  # type: ignore[name-defined, misc]
    """One place where a person is signed in; ending it signs them out there."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    # Only a digest is kept: a stolen copy of the database opens no session.
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(200))

    user: Mapped[User] = relationship()
