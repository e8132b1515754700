"""The access gate: every endpoint declares its permission, every row passes through `fetch`.

A row the person may not see answers 404, one they may see but not use this way answers 403.
Which person may do what stands in `portal/policy`, which is handed in at start.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.interfaces import ORMOption

from portal.extensions import db

Check = Callable[[Any, Any], bool]
View = Callable[..., ResponseReturnValue]
Row = TypeVar("Row")


@dataclass(frozen=True)
class Permission:
    """One row of the policy.

    `check(actor, row)` answers whether the actor may; `row` is None for a permission that
    concerns the portal as a whole (`of_row=False`). `sees` names the permission that decides
    between 404 and 403.
    """

    check: Check
    of_row: bool = False
    sees: str | None = None


# Name of a permission → who has it.
Policy = Mapping[str, Permission]
PUBLIC = "public"


def requires(permission: str) -> Callable[[View], View]:
    """Declare the permission that a view needs; the gate and the tests read it."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare that a view serves people who are not signed in."""
    return requires(PUBLIC)(view)


def declared(endpoint: str | None) -> str | None:
    """The permission an endpoint declares, if any."""
    view = current_app.view_functions.get(endpoint or "")
    return getattr(view, "permission", None)


def policy() -> Mapping[str, Permission]:
    """The policy table in force."""
    table: Mapping[str, Permission] = current_app.extensions["policy"]
    return table


def allows(actor: Any, permission: str, row: Any = None) -> bool:
    """Whether the actor may; raises `KeyError` for a permission the policy does not name."""
    return actor is not None and policy()[permission].check(actor, row)


def demand(actor: Any, permission: str, row: Any = None) -> None:
    """Abort with 404 or 403 when the actor may not."""
    entry = policy()[permission]
    if row is not None and entry.sees and not allows(actor, entry.sees, row):
        abort(404)
    if not allows(actor, permission, row):
        abort(403)
    if permission == declared(request.endpoint):
        g.permission_checked = True


def fetch(
    model: type[Row], key: Any, permission: str, *, options: Sequence[ORMOption] = ()
) -> Row:
    """The row with this key, if the actor may use it so; `options` say what is loaded with it.
    Aborts with 404 or 403 otherwise."""
    known = -(2**31) < int(key) < 2**31
    row = db.session.get(model, key, options=options) if known else None
    if row is None:
        abort(404)
    demand(g.actor, permission, row)
    return row


def init_app(app: Flask, table: Mapping[str, Permission], whoever_asks: Callable[[], Any]) -> None:
    """Stand the gate before every view. `whoever_asks()` gives the actor, or None."""
    app.extensions["policy"] = table
    app.extensions.setdefault("answer_checks", []).append(_refuse_forgetful_view)

    @app.before_request
    def gate() -> ResponseReturnValue | None:
        g.permission_checked = False
        g.actor = None
        if request.endpoint == "static":
            return None
        if request.endpoint is None:
            # An address that leads nowhere: whoever is signed in keeps the frame around the error.
            g.actor = whoever_asks()
            return None
        permission = declared(request.endpoint)
        if permission is None:
            current_app.logger.error("endpoint %s declares no permission", request.endpoint)
            abort(403)
        g.actor = whoever_asks()
        if permission == PUBLIC:
            g.permission_checked = True
            return None
        if g.actor is None:
            return app.login_manager.unauthorized()  # type: ignore[attr-defined, no-any-return]
        if not policy()[permission].of_row:
            demand(g.actor, permission)
            g.permission_checked = True
        return None


class PermissionForgottenError(RuntimeError):
    """A view answered without asking for the permission it declares: a defect in the view."""


def _refuse_forgetful_view() -> None:
    # OPTIONS is answered with the methods alone; no view runs.
    if request.method == "OPTIONS":
        return
    if not g.get("permission_checked", False) and declared(request.endpoint) is not None:
        raise PermissionForgottenError(
            f"{request.endpoint} never checked {declared(request.endpoint)}"
        )
