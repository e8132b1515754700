"""The pages of money, split by noun."""

from flask import Blueprint

blueprint = Blueprint("money", __name__)

from portal.leads.money.routes import contract, lists, payments, receivables  # noqa: E402, F401
