"""Every page in both languages: policy of scripts, structure, links that lead somewhere."""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.architecture.endpoints import bare_portal, endpoints
from tests.architecture.rooms import ROOMS

NOT_PAGES = {name for room in ROOMS for name in room.not_pages}
LEADS_ON = {name for room in ROOMS for name in room.leads_on}
NOT_OPEN = {name for room in ROOMS for name in room.not_open}
PAGES = [
    endpoint for endpoint in endpoints(bare_portal())
    if endpoint.method == "GET" and endpoint.name not in NOT_PAGES | NOT_OPEN
    and not endpoint.rule.rule.endswith((".csv", ".xlsx"))
]
SPOKEN = {"en": "en", "zh": "zh-CN"}


@pytest.fixture
def visit(full_house, browser, request):
    """Answers of an endpoint to somebody who may read it."""
    def answer(endpoint, language="en", *, fragment=False):
        login = full_house.visitor(endpoint)
        visitor = browser(login and request.getfixturevalue(login), language=language)
        address = full_house.address(endpoint, language)
        return visitor.fragment(address) if fragment else visitor.get(address)

    return answer


def scripts_of(page):
    scripts = page.find_all("script")
    return [script for script in scripts if script.get("type") != "application/json"]


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("endpoint", PAGES, ids=str)
def test_a_page_stands_on_its_own(endpoint, language, visit, app):
    answer = visit(endpoint, language)
    if answer.status_code in (302, 303):
        assert endpoint.name in LEADS_ON
        return
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    page = BeautifulSoup(answer.text, "html.parser")
    check_scripts(page, answer.headers["Content-Security-Policy"])
    check_structure(page, SPOKEN[language])
    check_links(page, app, answer.request.path)


def check_scripts(page, policy):
    nonce = re.search(r"'nonce-([\w-]+)'", policy)[1]
    assert "unsafe" not in policy
    for script in scripts_of(page):
        assert script["nonce"] == nonce and script["src"].startswith("/static/")
        assert not script.text
    for element in page.find_all(True):
        assert not [name for name in element.attrs if name == "style" or name.startswith("on")]


def check_structure(page, language):
    assert page.html["lang"] == language
    assert len(page.find_all("h1")) == 1 and page.h1.text.strip()
    assert page.title.text.strip()
    ids = [element["id"] for element in page.find_all(id=True)]
    assert [name for name in ids if ids.count(name) > 1] == []
    for element in page.find_all(True):
        for pointer in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
            for name in str(element.get(pointer, "")).split():
                assert name in ids, f"{pointer}={name} points nowhere"
    for picture in page.find_all("img"):
        assert picture.has_attr("alt")
    for form in page.find_all("form", method="post"):
        assert form.find("input", {"name": "csrf_token"})


def check_links(page, app, here):
    addresses = app.url_map.bind("localhost")
    for link in page.find_all("a", href=True):
        address = urlsplit(link["href"])
        if not address.netloc and address.path.startswith("/"):
            assert leads_somewhere(addresses, address.path, "GET"), link
    # A dialog's form is sent nowhere.
    for form in page.find_all("form", method=lambda method: method != "dialog"):
        address = urlsplit(form.get("action") or here)
        assert not address.netloc
        assert leads_somewhere(addresses, address.path, form.get("method", "get").upper()), form


def leads_somewhere(addresses, path, method):
    try:
        addresses.match(path, method=method)
    except RequestRedirect:
        return False
    except HTTPException:
        return False
    return True


@pytest.mark.parametrize("endpoint", PAGES, ids=str)
def test_a_part_of_a_page_has_one_root_and_no_frame(endpoint, visit):
    answer = visit(endpoint, fragment=True)
    if "<html" in answer.text or answer.status_code != 200:
        return
    parts = [part for part in BeautifulSoup(answer.text, "html.parser").children
             if getattr(part, "name", None) or str(part).strip()]
    assert len(parts) == 1 and parts[0].get("id")
    assert "HX-Request" in answer.headers["Vary"]
