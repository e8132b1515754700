"""Administration of the editable lists."""

from flask import Blueprint, Response

from portal.core import access
from portal.core.render import render
from portal.lists.models import LISTS

blueprint = Blueprint("lists", __name__)


@blueprint.get("/manage/lists")
@access.requires("lists:manage")
def manage_lists() -> Response:
    """The lists, to choose one."""
    return render("lists/manage_lists.html", lists=LISTS)
