"""Which language a page speaks: chosen on the page, preferred by the person, or the browser's."""

from flask import g, has_request_context, request, session

from portal.core.i18n import LANGUAGES, browser_language


def chosen() -> str:
    """The language of this request; `?lang=` is remembered for the session."""
    if not has_request_context():
        return "zh"
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        session["lang"] = asked
    if session.get("lang") in LANGUAGES:
        return str(session["lang"])
    user = g.get("user")
    return user.locale if user is not None and user.locale else browser_language()
