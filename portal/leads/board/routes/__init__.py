"""The list and the board of leads."""

from flask import Blueprint

blueprint = Blueprint("board", __name__)

from portal.leads.board.routes import bulk, listing, views  # noqa: E402, F401
