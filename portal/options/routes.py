"""The page on which an administrator changes the portal's numbers."""

from itertools import groupby

from flask import Blueprint, Response, abort, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.options import actions, queries
from portal.options.registry import Option, all_options, option

blueprint = Blueprint("options", __name__)
LONGEST = 200


@blueprint.get("/manage/options")
@access.requires("options:manage")
def manage_options() -> Response:
    """All options by their groups, with what holds now and what would without a change."""
    return _options_page()


@blueprint.post("/manage/options/<option_name>")
@access.requires("options:manage")
def change_option(option_name: str) -> Response:
    """Save one of them; undone with one tap."""
    wanted = _option(option_name)
    text, base = _typed(wanted), request.form.get("base")
    before = wanted.kind.write(queries.value(wanted.name))
    try:
        changed = actions.change_option(g.actor, wanted.name, text, clock.now(), base=base)
    except Refused as refused:
        abandon()
        return _options_page(refused.status, wanted.name, text, str(refused.message))
    if changed:
        undo = url_for("options.change_option", option_name=wanted.name, value=before)
        flash_with_undo(_("Saved: %(label)s.", label=wanted.label), undo)
    return go(url_for("options.manage_options"))


@blueprint.post("/manage/options/<option_name>/default")
@access.requires("options:manage")
def reset_option(option_name: str) -> Response:
    """What the portal ships with holds again."""
    wanted = _option(option_name)
    before = wanted.kind.write(queries.value(wanted.name))
    actions.reset_option(g.actor, wanted.name, clock.now())
    undo = url_for("options.change_option", option_name=wanted.name, value=before)
    flash_with_undo(_("Back to the default: %(label)s.", label=wanted.label), undo)
    return go(url_for("options.manage_options"))


def _option(name: str) -> Option:
    try:
        return option(name)
    except KeyError:
        abort(404)


def _typed(wanted: Option) -> str:
    """What the form, or the address of an undo, says."""
    if wanted.kind.widget in ("choices", "switch") and "value" not in request.args:
        return ",".join(request.form.getlist("value"))[:LONGEST]
    if "value" in request.form:
        return request.form["value"][:LONGEST]
    if "value" in request.args:
        return request.args["value"][:LONGEST]
    raise Refused(_("Write a value first."))


def _options_page(
    status: int = 200, failed: str = "", typed: str = "", error: str = ""
) -> Response:
    groups = groupby(sorted(all_options(), key=_group_place), key=lambda each: str(each.group))
    return render(
        "options/manage_options.html", status=status, failed=failed, typed=typed, error=error,
        groups=[(name, list(options)) for name, options in groups],
        values={each.name: queries.value(each.name) for each in all_options()},
        changed=queries.changed(),
    )


def _group_place(wanted: Option) -> int:
    """Where its group first appears among all options."""
    return [str(each.group) for each in all_options()].index(str(wanted.group))
