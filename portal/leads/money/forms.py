"""What is entered about money."""

from datetime import date
from decimal import Decimal
from typing import cast

from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.core.amounts import AmountField, more_than_nothing
from portal.core.i18n import lazy_gettext as _l
from portal.customers.forms.correcting import CorrectingForm
from portal.leads.money import rules
from portal.leads.money.content import ContractFacts, ReceivableFacts

NEEDED = _l("This is needed.")
MONEY = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 24}


class ReceivableForm(FlaskForm):  # type: ignore[misc]
    """What is to be paid, and until when."""

    label = StringField(
        _l("What for"), [Length(max=rules.LONGEST_LABEL, message=_l("At most 60 characters."))],
        description=_l("Such as: down payment, second instalment, balance."),
        render_kw={"maxlength": rules.LONGEST_LABEL, "autocomplete": "off"},
    )
    amount = AmountField(_l("Amount"), [more_than_nothing], render_kw={**MONEY, "required": True})
    billed_on = DateField(_l("Billed on"), [InputRequired(NEEDED)])
    due_on = DateField(_l("Due on"), [InputRequired(NEEDED)])

    def facts(self) -> ReceivableFacts:
        """What was typed; asked of a valid form."""
        return ReceivableFacts(
            amount=self.amount.data or Decimal(0), billed_on=cast(date, self.billed_on.data),
            due_on=cast(date, self.due_on.data), label=self.label.data or "",
        )


class ReceivableCorrectionForm(CorrectingForm, ReceivableForm):
    """The same of one that is known."""


class PaymentForm(FlaskForm):  # type: ignore[misc]
    """Money that came in."""

    amount = AmountField(_l("Amount"), [more_than_nothing], render_kw={**MONEY, "required": True})
    paid_on = DateField(_l("Paid on"), [InputRequired(NEEDED)])
    note = StringField(
        _l("Note"), [Length(max=rules.LONGEST_NOTE, message=_l("At most 200 characters."))],
        render_kw={"maxlength": rules.LONGEST_NOTE, "autocomplete": "off"},
    )

    def day(self) -> date:
        """The day it came in; asked of a valid form."""
        return cast(date, self.paid_on.data)


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something does not count any more."""

    reason = StringField(
        _l("Reason"), [DataRequired(_l("Say why.")),
                       Length(max=rules.LONGEST_REASON, message=_l("At most 500 characters."))],
        render_kw={"maxlength": rules.LONGEST_REASON, "required": True, "autocomplete": "off"},
    )


class ContractForm(CorrectingForm):
    """What the contract says."""

    amount = AmountField(_l("Contract amount"), render_kw=MONEY)
    margin = AmountField(_l("Margin"), render_kw=MONEY, description=_l(
        "What is left of the contract amount after its costs, in the same currency."))
    signed_on = DateField(_l("Signed on"), [Optional()])

    def facts(self) -> ContractFacts:
        return ContractFacts(self.amount.data, self.margin.data, self.signed_on.data)
