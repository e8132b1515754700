"""Administration of the editable lists, split by what is done."""

from flask import Blueprint

blueprint = Blueprint("lists", __name__)

from portal.lists.routes import lists, tags, terms  # noqa: E402, F401
