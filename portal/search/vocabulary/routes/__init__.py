"""Editing the trade's synonyms, split by what is done."""

from flask import Blueprint

blueprint = Blueprint("synonyms", __name__)

from portal.search.vocabulary.routes import groups, many, one, trial  # noqa: E402, F401
