"""The portal as an app on a device: manifest, service worker, and the page without a connection."""

import json
from functools import lru_cache
from pathlib import Path

from flask import Response, abort, current_app, render_template, url_for
from flask_babel import force_locale

from portal.core import access
from portal.core.i18n import HTML_LANG, LANGUAGES, current_language
from portal.core.i18n import gettext as _
from portal.drafts.routes import blueprint

SHELL = ("vendor/theme.js", "vendor/app.js", "vendor/app.css", "vendor/icons.svg", "logo.svg")
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"),
         ("maskable-512.png", 512, "maskable"))
BLUE = "#2457a6"


@blueprint.get("/manifest.webmanifest")
@access.public
def manifest() -> Response:
    """What a device needs to know to install the portal, in the person's language."""
    shortcuts = (("lesson", _("Visit lesson")), ("problem", _("Problem")),
                 ("alert", _("Difficulty alert")))
    icons = [{"src": url_for("static", filename=f"icons/{name}"), "sizes": f"{size}x{size}",
              "type": "image/png", "purpose": purpose} for name, size, purpose in ICONS]
    text = {
        "id": url_for("home.today"), "name": _("Sales portal"), "short_name": _("Sales portal"),
        "lang": HTML_LANG[current_language()], "start_url": url_for("home.today"),
        "scope": url_for("home.today"), "display": "standalone", "theme_color": BLUE,
        "background_color": "#ffffff", "icons": icons,
        "shortcuts": [{"name": word, "url": url_for("cases.record", kind=kind), "icons": icons[:1]}
                      for kind, word in shortcuts],
    }
    return Response(json.dumps(text, ensure_ascii=False), mimetype="application/manifest+json")


@blueprint.get("/service-worker.js")
@access.public
def service_worker() -> Response:
    """The worker, which knows the files of this version of the portal."""
    files = [url_for("static", filename=name) for name in SHELL]
    known = {
        "version": files[0].partition("v=")[2], "files": files,
        "offline": {code: url_for("drafts.offline", language=code) for code in LANGUAGES},
    }
    script = _script(Path(current_app.static_folder or "") / "vendor" / "worker.js")
    return Response(f"self.PORTAL = {json.dumps(known)};\n{script}", mimetype="text/javascript")


@blueprint.get("/record/offline/<language>")
@access.public
def offline(language: str) -> Response:
    """A form for when there is no connection: the same for everybody, with nobody's name in it."""
    if language not in LANGUAGES:
        abort(404)
    with force_locale(language):
        return Response(render_template("drafts/offline.html", html_lang=HTML_LANG[language],
                                        viewer=None))


@lru_cache(maxsize=2)
def _script(path: Path) -> str:
    return path.read_text("utf-8")
