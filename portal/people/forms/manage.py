"""What an administrator enters about people and teams."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional, ValidationError

from portal.core.i18n import lazy_gettext as _l
from portal.core.stale import RecordForm
from portal.core.text import line
from portal.people.actions import PersonFacts
from portal.people.models import Team, User
from portal.people.rules import LOGIN, ROLES
from portal.people.words import ROLE_WORDS

REQUIRED = _l("This is needed.")
LOGIN_PROBLEM = _l("A login has 2 to 64 small letters, digits or . _ - @ +")
Choices = list[tuple[str, str]]


def _id(value: Any) -> int | None:
    return int(value) if value else None


def team_choices(rows: Iterable[tuple[int, Team]], none: Any) -> Choices:
    """Every team, indented by its depth; the first choice is none."""
    return [("", none), *((str(team.id), "\u2003" * depth + team.name) for depth, team in rows)]


class PersonForm(RecordForm):
    """A person: the account, and the place in the department."""

    name = StringField(_l("Name"), [DataRequired(REQUIRED), Length(max=80)],
                       render_kw={"autocomplete": "off"})
    login = StringField(
        _l("Login"), [DataRequired(REQUIRED), Length(max=64)],
        description=_l("The employee number is a good choice."),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )
    role = SelectField(_l("Role"), choices=[(role, ROLE_WORDS[role]) for role in ROLES])
    team_id = SelectField(_l("Team"), coerce=_id)
    job_title = StringField(_l("Job title"), [Length(max=80)])
    email = StringField(_l("E-mail"), [Optional(), Email(_l("This is not an e-mail address.")),
                                       Length(max=254)], render_kw={"type": "email"})
    joined_on = DateField(_l("Joined on"), [Optional()])

    def validate_login(self, field: StringField) -> None:
        if not LOGIN.fullmatch(line(field.data).lower()):
            raise ValidationError(LOGIN_PROBLEM)

    def facts(self) -> PersonFacts:
        """The entered values, tidied."""
        return PersonFacts(
            login=line(self.login.data).lower(), name=line(self.name.data), role=self.role.data,
            team_id=self.team_id.data, email=line(self.email.data) or None,
            job_title=line(self.job_title.data) or None, joined_on=self.joined_on.data,
        )


def facts_of(user: User) -> PersonFacts:
    """The stored values, in the shape of the entered ones."""
    return PersonFacts(user.login, user.name, user.role, user.team_id, user.email, user.job_title,
                       user.joined_on)


class TeamForm(RecordForm):
    """A team, where it hangs, and who leads it."""

    name = StringField(_l("Name"), [DataRequired(REQUIRED), Length(max=80)])
    parent_id = SelectField(_l("Belongs to"), coerce=_id)
    leader_id = SelectField(
        _l("Leader"), coerce=_id,
        description=_l("Managers, and the people of this team."),
    )
    make_manager = BooleanField(
        _l("Give the leader the role of manager, if they are a sales rep now"), default=True
    )


class DissolveForm(FlaskForm):  # type: ignore[misc]
    """Where goes what an empty team leaves behind."""

    heir_id = SelectField(_l("What belonged to it goes to"), coerce=_id)


class RosterForm(FlaskForm):  # type: ignore[misc]
    """A CSV file of people."""

    file = FileField(_l("CSV file"), [FileRequired(_l("Choose a file first."))],
                     render_kw={"accept": ".csv,.txt,.tsv,text/csv,text/plain"})


class RosterCommitForm(FlaskForm):  # type: ignore[misc]
    """The rehearsed text, what was shown for it, and whether its new teams are wanted."""

    content = HiddenField()
    shown = HiddenField()
    create_teams = BooleanField(_l("Create these teams"))
