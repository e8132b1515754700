"""Follow something or stop; the list of what one follows; whether one follows by oneself."""

from flask import Response, abort, flash, g, request, url_for

from portal.cases.following import actions, subscriptions, targets
from portal.cases.following.offers import Offer, offers
from portal.cases.following.routes import blueprint
from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import flash_with_undo, go, here, render, wants_fragment
from portal.extensions import db
from portal.lists.models import Term

SORTS = ("", "case", "subject")


@blueprint.get("/following")
@access.requires("portal:use")
def followed() -> Response:
    """What one follows; at first, what one may want to."""
    sort = request.args.get("sort", "")
    sort = sort if sort in SORTS else ""
    page = paginate(subscriptions.follows_of(g.actor, sort))
    return render(
        "following/followed.html", "following/_followed.html", page=page, sort=sort,
        lines=subscriptions.lines(g.actor, page),
        suggested=subscriptions.suggested(g.actor) if not page.total and not sort else [],
        by_itself=actions.follows_by_itself(g.actor.id),
    )


@blueprint.post("/following/begin")
@access.requires("portal:use")
def begin() -> Response:
    """Hear of this from now on."""
    offer = _offer()
    if not offer.label:
        abort(404)
    actions.follow(g.actor.id, offer.target, clock.now())
    if not wants_fragment():
        undo = url_for("following.stop", target=offer.target)
        flash_with_undo(_("You follow “%(name)s”.", name=offer.label), undo)
    return _answer(Offer(offer.target, offer.label, True))


@blueprint.post("/following/stop")
@access.requires("portal:use")
def stop() -> Response:
    """Hear of it no more; also of what one may no longer read."""
    offer = _offer()
    actions.stop(g.actor.id, offer.target, clock.now())
    if not wants_fragment():
        undo = url_for("following.begin", target=offer.target)
        said = _("You no longer follow “%(name)s”.", name=offer.label)
        if offer.label:
            flash_with_undo(said, undo)
        else:
            flash(_("You no longer follow it."), "success")
    return _answer(Offer(offer.target, offer.label, False))


@blueprint.post("/following/choice")
@access.requires("portal:use")
def choose() -> Response:
    """Follow by oneself what one records, answers or comments, or do not."""
    actions.choose(g.actor.id, request.form.get("by_itself") == "yes")
    flash(_("Saved."), "success")
    return go(url_for("following.followed"))


@blueprint.get("/following/subject/<target>")
@access.requires("portal:use")
def subject(target: str) -> Response:
    """The cases about what one follows; the code of a tag may have changed since."""
    sort, _colon, code = target.partition(":")
    if not targets.TARGET.fullmatch(target) or sort == "case":
        abort(404)
    if sort != "tag":
        return go(url_for("cases.library", **{sort: code}))  # type: ignore[arg-type]
    if not offers(g.actor, [target])[0].label:
        # It is no more, or stands in nothing that this person may read.
        abort(404)
    tag = db.session.get_one(Term, int(code))
    return go(url_for("cases.library", tag=tag.code))


def _offer() -> Offer:
    """What the form, or the address of an undo, names."""
    target = request.values.get("target", "")
    if not targets.TARGET.fullmatch(target):
        abort(422)
    return offers(g.actor, [target])[0]


def _answer(offer: Offer) -> Response:
    if wants_fragment():
        return render("following/_toggle.html", offer=offer)
    return go(here(url_for("following.followed")))
