"""The rules by which leads are handed out; every change is undone with one tap."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.leads.pool import words
from portal.leads.pool.actions import ruling as actions
from portal.leads.pool.actions.ruling import RuleContent
from portal.leads.pool.forms import RuleForm
from portal.leads.pool.models import AllocationRule
from portal.leads.pool.queries import allocation as queries
from portal.leads.pool.queries.pool import pool_size
from portal.leads.pool.routes import blueprint


@blueprint.get("/manage/allocation")
@access.requires("allocation:manage")
def manage_allocation() -> Response:
    """All rules in their order, and who has the next turn."""
    shown = queries.shown_rules()
    return render("pool/manage_allocation.html", shown=shown, words=words, waiting=pool_size())


@blueprint.route("/manage/allocation/new", methods=["GET", "POST"])
@access.requires("allocation:manage")
def add_rule() -> Response:
    """One more rule, behind the others."""
    form = RuleForm()
    form.offer(queries.team_choices(), {})
    if not form.validate_on_submit():
        return _page(form, None, 422 if form.is_submitted() else 200)
    try:
        rule = actions.add_rule(g.actor, _content(form), clock.now())
    except Refused as refused:
        form.people.errors = [refused.message]
        return _page(form, None, refused.status)
    flash_with_undo(_("The rule is added; it stands last."),
                    url_for("pool.remove_rule", rule_id=rule.id))
    return go(url_for("pool.manage_allocation"))


@blueprint.route("/manage/allocation/<int:rule_id>", methods=["GET", "POST"])
@access.requires("allocation:manage")
def edit_rule(rule_id: int) -> Response:
    """Change a rule; the turn goes on where it was."""
    rule = access.fetch(AllocationRule, rule_id, "allocation:manage")
    form = _form_of(rule)
    if not form.validate_on_submit():
        return _page(form, rule, 422 if form.is_submitted() else 200)
    try:
        after = actions.change_rule(g.actor, rule, _content(form), clock.now())
    except Refused as refused:
        form.people.errors = [refused.message]
        return _page(form, rule, refused.status)
    if after.id != rule.id:
        flash_with_undo(_("The rule is changed."), url_for("pool.put_back_rule", rule_id=rule.id))
    return go(url_for("pool.manage_allocation"))


@blueprint.post("/manage/allocation/<int:rule_id>/remove")
@access.requires("allocation:manage")
def remove_rule(rule_id: int) -> Response:
    """It hands out nothing any more."""
    rule = access.fetch(AllocationRule, rule_id, "allocation:manage")
    actions.remove_rule(g.actor, rule, clock.now())
    flash_with_undo(_("The rule is removed."), url_for("pool.put_back_rule", rule_id=rule.id))
    return go(url_for("pool.manage_allocation"))


@blueprint.post("/manage/allocation/<int:rule_id>/put-back")
@access.requires("allocation:manage")
def put_back_rule(rule_id: int) -> Response:
    """As if it had not been changed or removed."""
    actions.put_back_rule(g.actor, access.fetch(AllocationRule, rule_id, "allocation:manage"),
                          clock.now())
    flash(_("The rule is as it was before."), "success")
    return go(url_for("pool.manage_allocation"))


@blueprint.post("/manage/allocation/<int:rule_id>/move")
@access.requires("allocation:manage")
def move_rule(rule_id: int) -> Response:
    """One place up or, with `down` in the address, down; the same the other way undoes it."""
    rule, down = access.fetch(AllocationRule, rule_id, "allocation:manage"), "down" in request.args
    if actions.move_rule(g.actor, rule, down, clock.now()):
        flash_with_undo(_("The order is changed."), url_for(
            "pool.move_rule", rule_id=rule.id, down=None if down else "yes"))
    return go(url_for("pool.manage_allocation"))


def _form_of(rule: AllocationRule) -> RuleForm:
    content = RuleContent.of(rule)
    form = RuleForm(data={
        "regions": content.regions, "industries": content.industries,
        "channels": content.channels, "products": content.products,
        "team": str(content.team_id or ""), "people": queries.named(content.people),
    })
    form.offer(queries.team_choices(), {
        "regions": content.regions, "industries": content.industries,
        "channels": content.channels, "products": content.products,
    })
    return form


def _content(form: RuleForm) -> RuleContent:
    """What was chosen. Raises `Refused` for people nobody knows."""
    team = form.team.data
    return RuleContent(
        tuple(form.regions.data or ()), tuple(form.industries.data or ()),
        tuple(form.channels.data or ()), tuple(form.products.data or ()),
        () if team else queries.people_called(form.people.data or ""),
        int(team) if team else None,
    )


def _page(form: RuleForm, rule: AllocationRule | None, status: int) -> Response:
    if status >= 400:
        abandon()
    return render("pool/edit_rule.html", status=status, form=form, rule=rule)
