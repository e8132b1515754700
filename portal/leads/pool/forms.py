"""What is entered about the pool: why a lead goes back, and the rules of allocation."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.leads.pool.rules import LONGEST_REASON
from portal.lists.queries import choices

NEEDED = _l("This is needed.")
TEAM, PEOPLE = "team", "people"


class ReturnForm(FlaskForm):  # type: ignore[misc]
    """Why a lead goes back to the pool."""

    reason = TextAreaField(
        _l("Why does it go back?"),
        [DataRequired(NEEDED),
         Length(max=LONGEST_REASON, message=_l("At most 500 characters."))],
        description=_l("Whoever claims it next reads this."), render_kw={"rows": 3},
    )


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Entries of a list as boxes to tick; none ticked asks for nothing."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RuleForm(FlaskForm):  # type: ignore[misc]
    """A rule of allocation. `offer` fills in what may be chosen."""

    regions = Boxes(_l("Regions"))
    industries = Boxes(_l("Industries"))
    channels = Boxes(_l("Channels"))
    products = Boxes(_l("Products"))
    team = SelectField(_l("A team, in turn"), description=_l("Whoever works there, also those who "
                                                             "come later."))
    people = StringField(
        _l("Or certain people, in turn"), [Length(max=1000)],
        description=_l("Names or logins with commas between them, in the order of their turns."),
        render_kw={"autocomplete": "off"},
    )

    def offer(self, teams: Sequence[tuple[str, str]], kept: dict[str, Sequence[str]]) -> None:
        """Entries of the lists (retired ones only where the rule has them), and the teams."""
        language = current_language()
        for field, name in ((self.regions, "region"), (self.industries, "industry"),
                            (self.channels, "channel"), (self.products, "product")):
            field.choices = choices(name, language, *kept.get(field.name, ()))
        self.team.choices = [("", _l("No team")), *teams]

    def validate_people(self, field: StringField) -> None:
        """Either a team or people."""
        if bool((field.data or "").strip()) == bool(self.team.data):
            raise ValidationError(_l("Choose a team, or name people."))


class ExampleForm(FlaskForm):  # type: ignore[misc]
    """An example lead to try the rules with; read from the address."""

    class Meta:
        csrf = False

    region = SelectField(_l("Region"))
    industry = SelectField(_l("Industry"))
    channel = SelectField(_l("Channel"))
    product = SelectField(_l("Product"))

    def offer(self) -> None:
        language = current_language()
        for field in (self.region, self.industry, self.channel, self.product):
            field.choices = [("", _l("Not known")), *choices(field.name, language)]
