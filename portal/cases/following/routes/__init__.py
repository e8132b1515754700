"""Addresses of what one follows, keeps at hand, and wants to be reminded of."""

from flask import Blueprint

blueprint = Blueprint("following", __name__)

from portal.cases.following.routes import (  # noqa: E402, F401
    bookmarks,
    follow,
    looking_again,
    mentions,
)
