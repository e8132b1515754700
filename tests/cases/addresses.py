"""The addresses of the case library that concern one record, and who may use them how."""

from collections.abc import Callable, Mapping
from typing import Any

# name: (method, address); {case}, {solution}, {comment}, {file} stand for ids.
OF_A_CASE: Mapping[str, tuple[str, str]] = {
    "show": ("GET", "/cases/{case}"),
    "similar": ("GET", "/cases/{case}/similar"),
    "history": ("GET", "/cases/{case}/history"),
    "revision": ("GET", "/cases/{case}/history/1"),
    "restore": ("POST", "/cases/{case}/history/1/restore"),
    "edit page": ("GET", "/cases/{case}/edit"),
    "edit": ("POST", "/cases/{case}/edit"),
    "praise": ("POST", "/cases/{case}/helped"),
    "validate": ("POST", "/cases/{case}/validate"),
    "archive": ("POST", "/cases/{case}/archive"),
    "unarchive": ("POST", "/cases/{case}/unarchive"),
    "propose": ("POST", "/cases/{case}/solutions"),
    "comment": ("POST", "/cases/{case}/comments"),
    "reuse": ("POST", "/cases/{case}/reuse"),
    "variant": ("POST", "/cases/{case}/variant"),
    "add a file": ("POST", "/cases/{case}/files"),
    "merge page": ("GET", "/cases/{case}/merge"),
    "merge": ("POST", "/cases/{case}/merge"),
}
OF_A_SOLUTION: Mapping[str, tuple[str, str]] = {
    "edit page": ("GET", "/solutions/{solution}/edit"),
    "edit": ("POST", "/solutions/{solution}/edit"),
    "accept": ("POST", "/solutions/{solution}/accept"),
    "unaccept": ("POST", "/solutions/{solution}/unaccept"),
    "praise": ("POST", "/solutions/{solution}/helped"),
    "withdraw": ("POST", "/solutions/{solution}/withdraw"),
    "put back": ("POST", "/solutions/{solution}/put-back"),
}
OF_A_COMMENT: Mapping[str, tuple[str, str]] = {
    "edit page": ("GET", "/comments/{comment}/edit"),
    "edit": ("POST", "/comments/{comment}/edit"),
    "withdraw": ("POST", "/comments/{comment}/withdraw"),
    "put back": ("POST", "/comments/{comment}/put-back"),
}
OF_A_FILE: Mapping[str, tuple[str, str]] = {
    "download": ("GET", "/attachments/{file}"),
    "remove": ("POST", "/attachments/{file}/remove"),
    "put back": ("POST", "/attachments/{file}/put-back"),
}
ALL = [
    (f"{noun}: {name}", method, address)
    for noun, table in (("case", OF_A_CASE), ("solution", OF_A_SOLUTION),
                        ("comment", OF_A_COMMENT), ("file", OF_A_FILE))
    for name, (method, address) in table.items()
]
# What a reader who has no further rights may open or do.
FOR_READERS = {
    "case: show", "case: similar", "case: history", "case: revision", "case: praise",
    "case: propose", "case: comment", "case: reuse", "case: variant", "solution: praise",
    "file: download",
    "case: add a file",
}


def ask(browser: Any, method: str, address: str, **ids: Any) -> Any:
    """Send the request, a form with its token when it is a POST."""
    send: Callable[..., Any] = browser.get if method == "GET" else browser.post
    return send(address.format(**ids), buffered=True)


def landing(browser: Any, answer: Any) -> Any:
    """The page on which the person lands after a form was taken."""
    assert answer.status_code == 303, answer.text
    return browser.get(answer.location)


def form(**values: Any) -> dict[str, Any]:
    """What the form of a case sends."""
    return {"title": "Two reps claim one customer", "body": "Who owns it?", "tags": "",
            "audience": "everyone", "source": "none", "as": "published", **values}
