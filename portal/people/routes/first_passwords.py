"""First passwords are shown once: on the answer that made them, and as a file of that answer."""

from typing import Any

from flask import Response, current_app, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from portal.core import access
from portal.core.downloads import csv_file
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.render import render
from portal.people.models import User
from portal.people.roster.columns import HEADERS, role_word
from portal.people.routes import blueprint

# So long the page that shows them can still make a file of them, in seconds.
KEPT_FOR = 3600


@blueprint.post("/manage/people/first-passwords.csv")
@access.requires("people:manage")
def download_first_passwords() -> Response:
    """What the page shows, as a file. The page brings the rows: the portal keeps no password."""
    try:
        rows = _signer().loads(request.form.get("sealed", ""), max_age=KEPT_FOR)
    except BadData as error:
        raise Refused(_("This page is too old. Reset the passwords to get new ones.")) from error
    return never_kept(csv_file("first-passwords.csv", rows))


def password_page(user: User, password: str, *, is_new: bool = False) -> Response:
    """The one page that shows this password."""
    return never_kept(render(
        "people/first_password.html", person=user, password=password, is_new=is_new,
        address=url_for("people.sign_in", _external=True),
    ))


def password_rows(added: list[tuple[User, str]]) -> list[list[str]]:
    """New accounts with their first passwords, below a header."""
    language = current_language()
    names = {field: words[0] for field, words in HEADERS[language].items()}
    head = [names["name"], names["login"], names["team"], names["role"], _("First password")]
    return [head, *(
        [user.name, user.login, user.team.name if user.team else "",
         role_word(user.role, language), password]
        for user, password in added
    )]


def sealed(rows: list[list[str]]) -> str:
    """The rows as the page carries them back: nobody can put others in their place."""
    return str(_signer().dumps(rows))


def never_kept(response: Response) -> Response:
    """No browser and no proxy keeps a copy."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _signer() -> URLSafeTimedSerializer:
    key: Any = current_app.secret_key
    return URLSafeTimedSerializer(key, salt="first-passwords")
