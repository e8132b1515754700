"""The pages of the pool, split by noun."""

from flask import Blueprint

blueprint = Blueprint("pool", __name__)

from portal.leads.pool.routes import (  # noqa: E402, F401
    allocation,
    overdue,
    pool,
    rehearsal,
    returning,
)
