"""What is done with money: agreed, paid, corrected."""

from portal.leads.money.actions.contract import correct_contract
from portal.leads.money.actions.payments import record_payment, void_payment
from portal.leads.money.actions.receivables import (
    add_receivable,
    correct_receivable,
    remind_anew,
    void_receivable,
)

__all__ = ["add_receivable", "correct_contract", "correct_receivable", "record_payment",
           "remind_anew", "void_payment", "void_receivable"]
