"""Forms of the case library; they speak `CaseContent`."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import (
    DecimalField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from portal.cases import rules, words
from portal.cases.content import CaseContent, RetrospectiveContent
from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block
from portal.lists.queries import choices
from portal.people.forms.colleague import ColleagueForm, name_field
from portal.people.rules import OTHERS

REQUIRED = _l("This is needed.")
BETWEEN = _l("Between -100 and 1,000 percent.")
SEPARATORS = re.compile(r"[,，、;；\n]+")


def parts_of(text: str | None) -> tuple[str, ...]:
    """Words separated by any comma, Chinese or Latin, or by lines."""
    return tuple(part.strip() for part in SEPARATORS.split(text or "") if part.strip())


def lines_of(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").splitlines() if part.strip())


def a_number(form: Any, field: Field) -> None:
    """Refuse what `Decimal` reads but nobody can compare: NaN in its several kinds."""
    if field.data is None or not field.data.is_finite():
        field.errors = []
        raise StopValidation(str(BETWEEN))


class PercentField(DecimalField):
    """A percentage as people type it: “12”, “12%”, “１２％”.

    A text box, because a number box forgets what it cannot read.
    """

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        plain = [unicodedata.normalize("NFKC", value) for value in valuelist]
        super().process_formdata([value.replace("%", "").strip() for value in plain])


class CheckboxList(SelectMultipleField):
    """Several of a few, each a checkbox."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ListSelectField(SelectField):
    """One entry of an editable list, or none; a retired entry stays when it is already chosen."""

    def __init__(self, label: Any, list_name: str, **kwargs: Any) -> None:
        super().__init__(label, [Optional()], coerce=lambda v: v or None, **kwargs)
        self.list_name = list_name

    def offer(self, keep: str | None) -> None:
        entries = choices(self.list_name, current_language(), keep)
        self.choices = [("", "–"), *entries]


class RevisedForm(FlaskForm):  # type: ignore[misc]
    """A form that knows which revision it was opened on."""

    base = HiddenField()

    @property
    def base_revision(self) -> int:
        """The revision the form was opened on; 0 when the value is missing or nonsense."""
        text = self.base.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class CaseForm(RevisedForm):
    """What every kind of case has: title and text; the rest folds away."""

    title = StringField(
        _l("Title"), [DataRequired(REQUIRED), Length(max=rules.LONGEST_TITLE)],
        description=_l("In the words that a colleague would search for."),
        render_kw={"maxlength": rules.LONGEST_TITLE, "autocomplete": "off"},
    )
    body = TextAreaField(_l("Text"), [Length(max=rules.LONGEST_BODY)])
    tags = StringField(_l("Tags"), [Length(max=1000)],
                       description=_l("Separated by commas, at most 12."))
    stage = ListSelectField(_l("Stage"), "stage")
    industry = ListSelectField(_l("Industry"), "industry")
    product = ListSelectField(_l("Product"), "product")
    region = ListSelectField(_l("Region"), "region")
    audience = RadioField(
        _l("Who may read it"), choices=list(words.AUDIENCES.items()), default="everyone"
    )
    source = SelectField(_l("Comes from"), choices=list(words.SOURCES.items()), default="none")
    files = MultipleFileField(_l("Attachments"))
    note = StringField(
        _l("Why this change?"), [Length(max=200)], description=_l("Shown in the history.")
    )

    LIST_FIELDS = ("stage", "industry", "product", "region")

    def prepare(self, content: CaseContent | None) -> None:
        """Fill the choices from the lists."""
        for name in self.LIST_FIELDS:
            self[name].offer(getattr(content, name, None))

    def fill(self, content: CaseContent, base: int) -> None:
        """Show existing content."""
        for name in ("title", "body", "audience", "source", *self.LIST_FIELDS):
            self[name].data = getattr(content, name)
        self.tags.data = "，".join(content.tags)
        self.base.data = str(base)

    def validate_tags(self, field: Field) -> None:
        if len(parts_of(field.data)) > rules.MOST_TAGS:
            raise ValidationError(str(_l("A case has at most 12 tags.")))
        if any(len(part) > 64 for part in parts_of(field.data)):
            raise ValidationError(str(_l("A tag has at most 64 characters.")))

    def content(self, kind: str, before: CaseContent | None) -> CaseContent:
        """The entered values as content."""
        return CaseContent(
            kind=kind, title=self.title.data or "", body=block(self.body.data),
            tags=parts_of(self.tags.data), stage=self.stage.data, industry=self.industry.data,
            product=self.product.data, region=self.region.data, audience=self.audience.data,
            source=self.source.data, retrospective=self.retrospective_content(),
            extra=before.extra if before else {},
        )

    def retrospective_content(self) -> RetrospectiveContent | None:
        return None


class ProblemForm(CaseForm, ColleagueForm):
    """A problem may be addressed to one colleague."""

    among = OTHERS
    asked = name_field(
        _l("Ask somebody in particular"),
        _l("A name or a login, if one person should answer. It waits on their Today page until "
           "they do."),
    )


class RetrospectiveForm(CaseForm):
    """A win or a loss: the typed facts of K4 besides the text."""

    amount_band = SelectField(
        _l("Amount"), [Optional()], choices=[("", "–"), *words.AMOUNT_BANDS.items()],
        coerce=lambda v: v or None,
    )
    cycle_days = IntegerField(
        _l("Sales cycle in days"),
        [Optional(), NumberRange(0, 3650, _l("Between 0 and 3,650 days."))],
        render_kw={"inputmode": "numeric"},
    )
    competitors = StringField(_l("Competitors"), [Length(max=500)],
                              description=_l("Separated by commas."))
    stage_reached = ListSelectField(_l("Stage reached"), "stage")
    roles_reached = CheckboxList(
        _l("Whom we reached"), choices=list(words.DECISION_ROLES.items())
    )
    main_reason = ListSelectField(_l("Main reason"), "reason")
    contributing_reasons = CheckboxList(_l("Contributing reasons"))
    price_gap = PercentField(
        _l("Price gap in %"),
        [Optional(), a_number, NumberRange(-100, 1000, BETWEEN)],
        places=2, description=_l("Ours above theirs; negative when we were cheaper."),
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    actions = TextAreaField(
        _l("What decided it, in order"), [Length(max=5000)],
        description=_l("One action a line."), render_kw={"rows": 4},
    )
    repeat = TextAreaField(_l("Repeat next time"), [Length(max=5000)], render_kw={"rows": 3})
    avoid = TextAreaField(_l("Avoid next time"), [Length(max=5000)], render_kw={"rows": 3})

    def prepare(self, content: CaseContent | None) -> None:
        super().prepare(content)
        facts = content.retrospective if content else None
        self.stage_reached.offer(facts.stage_reached if facts else None)
        self.main_reason.offer(facts.main_reason if facts else None)
        kept = facts.contributing_reasons if facts else ()
        self.contributing_reasons.choices = choices("reason", current_language(), *kept)

    def fill(self, content: CaseContent, base: int) -> None:
        super().fill(content, base)
        facts = content.retrospective or RetrospectiveContent()
        for name in ("amount_band", "cycle_days", "stage_reached", "main_reason", "price_gap",
                     "repeat", "avoid"):
            self[name].data = getattr(facts, name)
        self.competitors.data = "，".join(facts.competitors)
        self.actions.data = "\n".join(facts.actions)
        self.roles_reached.data = list(facts.roles_reached)
        self.contributing_reasons.data = list(facts.contributing_reasons)

    def retrospective_content(self) -> RetrospectiveContent:
        gap = self.price_gap.data
        return RetrospectiveContent(
            amount_band=self.amount_band.data, cycle_days=self.cycle_days.data,
            competitors=parts_of(self.competitors.data), stage_reached=self.stage_reached.data,
            roles_reached=tuple(self.roles_reached.data or ()),
            main_reason=self.main_reason.data,
            contributing_reasons=tuple(self.contributing_reasons.data or ()),
            price_gap=None if gap is None else Decimal(gap).quantize(Decimal("0.01")),
            actions=lines_of(self.actions.data), repeat=block(self.repeat.data).strip(),
            avoid=block(self.avoid.data).strip(),
        )


class SolutionForm(RevisedForm):
    """An answer to a problem; `draft` is the id of the draft it grew out of."""

    body = TextAreaField(
        _l("Your solution"), [DataRequired(REQUIRED), Length(max=rules.LONGEST_BODY)],
        id="solution-body",
    )
    draft = HiddenField(id="solution-draft")


class CommentForm(RevisedForm):
    """A remark; `draft` is the id of the draft it grew out of."""

    body = TextAreaField(
        _l("Your comment"), [DataRequired(REQUIRED), Length(max=10_000)], id="comment-body",
        render_kw={"rows": 3},
    )
    draft = HiddenField(id="comment-draft")


def form_for(kind: str) -> type[CaseForm]:
    """The form of a kind."""
    if kind in rules.RETROSPECTIVES:
        return RetrospectiveForm
    return ProblemForm if kind == "problem" else CaseForm
