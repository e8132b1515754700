"""A page, or the fragment of it that HTMX asked for: the server picks."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, flash, make_response, render_template, request
from werkzeug.urls import iri_to_uri

from portal.extensions import htmx


def wants_fragment() -> bool:
    """Whether the request comes from a part of a page, not from the address bar or history."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render(
    template: str, fragment: str | None = None, *, status: int = 200, **context: Any
) -> Response:
    """The template, or `fragment` when a part of a page asked and there is one."""
    chosen = fragment if fragment and wants_fragment() else template
    response = make_response(render_template(chosen, **context), status)
    response.vary.add("HX-Request")
    return response


def go(url: str) -> Response:
    """Send the browser on to another page; HTMX is told by a header of its own."""
    if wants_fragment():
        response = make_response("", 204)
        # A header takes no Chinese; browsers read the escaped address as the same.
        response.headers["HX-Redirect"] = iri_to_uri(url)
        return response
    response = make_response("", 303)
    response.headers["Location"] = url
    return response


def flash_with_undo(text: str, undo: str) -> None:
    """Say on the next page that something was done, with a button that takes it back.

    `undo` is the address of a POST.
    """
    flash({"text": text, "undo": undo}, "success")  # type: ignore[arg-type]


def this_page(arguments: Mapping[str, object]) -> str:
    """The present address with these arguments in place of its own.

    Not by `url_for`: what a person types into an address could name one of its options.
    """
    path = quote(request.script_root + request.path)
    query = urlencode(arguments, doseq=True)
    return f"{path}?{query}" if query else path


def here(default: str) -> str:
    """Where the person came from, if that is a page of this portal; else `default`."""
    target = request.form.get("next") or request.args.get("next") or ""
    return target if is_local(target) else default


def is_local(target: str) -> bool:
    """Whether an address stays inside the portal: one slash, no backslash, no control signs."""
    return (
        target.startswith("/")
        and not target.startswith("//")
        and "\\" not in target
        and all(ord(sign) > 31 for sign in target)
    )
