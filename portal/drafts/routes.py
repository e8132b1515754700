"""Saving a draft while it is written, and the list of one's own."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, jsonify, request, url_for
from flask_babel import format_time
from flask_wtf.csrf import generate_csrf

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, here, render
from portal.core.unit_of_work import abandon
from portal.drafts import actions, queries, rules, writings
from portal.drafts.compare import lines_of
from portal.drafts.models import Draft
from portal.drafts.rules import Typed
from portal.people import sessions

blueprint = Blueprint("drafts", __name__)


@blueprint.get("/drafts")
@access.requires("portal:use")
def mine() -> Response:
    """Everything one has begun and not sent."""
    return render("drafts/mine.html", lines=open_lines())


@blueprint.post("/drafts/<key>")
@access.requires("portal:use")
def save(key: str) -> Response:
    """Keep what a form holds now; a script asks, and shows the answer."""
    typed = _typed()
    try:
        if not writings.is_begun(typed.form, typed.fields):
            actions.forget_blank(g.actor, key, typed, clock.now())
            return jsonify(state="blank")
        draft = actions.save(g.actor, key, typed, clock.now())
    except Refused as refused:
        abandon()
        answer = jsonify(state="refused", text=str(refused.message))
        answer.status_code = refused.status
        return answer
    return jsonify(_answer(draft, key))


@blueprint.get("/drafts/token")
@access.requires("portal:use")
@sessions.unattended
def token() -> Response:
    """Who is signed in here, and what a form of theirs must carry: for what waits to be sent."""
    answer = jsonify(viewer=g.actor.id, token=generate_csrf())
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/drafts/<key>")
@access.requires("portal:use")
def show(key: str) -> Response:
    """What has become of a draft, for a script that lost the answer."""
    draft = queries.by_key(g.actor, key)
    answer = jsonify(_answer(draft, key) if draft else {"state": "none"})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/drafts/<key>/compare/<other>")
@access.requires("portal:use")
def compare(key: str, other: str) -> Response:
    """Two texts of one work, written in two windows, beside each other."""
    one, two = _own(key), _own(other)
    sides = [(mine, theirs, lines_of(mine.fields, theirs.fields))
             for mine, theirs in ((one, two), (two, one))]
    lines = {line.key: line for each in (one, two) for line in writings.lines(g.actor, [each])}
    return render("drafts/compare.html", sides=sides, lines=lines)


@blueprint.get("/drafts/<key>/text")
@access.requires("portal:use")
def text(key: str) -> Response:
    """The words alone, when what they were written for is gone."""
    return render("drafts/text.html", draft=_own(key))


@blueprint.post("/drafts/<key>/discard")
@access.requires("portal:use")
def discard(key: str) -> Response:
    """Out of one's lists; undone with one tap."""
    draft = queries.by_key(g.actor, key)
    if draft is None and "next" in request.args:
        # It was never kept here: then there is nothing to bring back.
        return go(here(url_for("drafts.mine")))
    actions.discard(draft or abort(404), clock.now())
    flash_with_undo(_("Draft discarded."), url_for("drafts.bring_back", key=key))
    return go(here(url_for("drafts.mine")))


@blueprint.post("/drafts/<key>/bring-back")
@access.requires("portal:use")
def bring_back(key: str) -> Response:
    """A draft again."""
    actions.bring_back(_own(key))
    flash(_("The draft is back."), "success")
    return go(url_for("drafts.mine"))


def open_lines() -> list[writings.Shown]:
    """One's own drafts as lines of a list."""
    found = queries.open_drafts(g.actor).limit(rules.MOST_OPEN)
    return writings.shown(g.actor, queries.rows(found))


def _own(key: str) -> Draft:
    return queries.by_key(g.actor, key) or abort(404)


def _typed() -> Typed:
    """What the script sends: JSON, or a form."""
    sent: Any = request.get_json(silent=True) if request.is_json else None
    if sent is None:
        pairs = list(request.form.items(multi=True))
        sent = {"form": request.form.get("draft_form"), "tab": request.form.get("draft_tab"),
                "version": request.form.get("draft_version")}
    elif isinstance(sent, dict) and isinstance(sent.get("fields"), list):
        pairs = [(str(pair[0])[:80], str(pair[1])) for pair in sent["fields"]
                 if isinstance(pair, list) and len(pair) == 2]
    else:
        abort(400)
    version = str(sent.get("version") or "0")
    return Typed(
        str(sent.get("form") or ""), rules.typed_fields(pairs),
        int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
        str(sent.get("tab") or "")[:64],
    )


def _answer(draft: Draft, key: str) -> dict[str, Any]:
    """What a script needs to know: where it is kept now, and since when."""
    if draft.sent_ref is not None:
        return {"state": "sent", "ref": draft.sent_ref}
    if draft.ended_at is not None:
        return {"state": "discarded"}
    beside = draft.key != key
    return {
        "state": "beside" if beside else "saved", "key": draft.key, "version": draft.version,
        "at": format_time(draft.saved_at, "HH:mm"),
        **({"compare": url_for("drafts.compare", key=key, other=draft.key)} if beside else {}),
    }
