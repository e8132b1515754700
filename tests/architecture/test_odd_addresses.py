"""Nonsense in an address is answered, never a defect: on either database."""

import re

import pytest

from tests.architecture.endpoints import bare_portal, endpoints, records_of
from tests.architecture.source_files import python_files
from tests.architecture.test_access import ROLES, sign_in_of, term_for

READING = [e for e in endpoints(bare_portal()) if e.method == "GET"]
WRITING = [e for e in endpoints(bare_portal()) if e.method == "POST" and "sign-out" not in str(e)]
ODD = {
    "a zero byte": "\x00", "a great number": "9" * 40, "a negative number": "-1",
    "another script's digits": "٣", "quotes": "' OR 1=1 --", "an emoji": "🦄" * 300,
    "wildcards": "%_\\*?[(\"", "half a letter": "\ufffd\u0301\u202e", "a list": "a,b;c，d",
}
ARGUMENT = re.compile(r"request\.(?:args|values|form)\.get(?:list)?\(\s*\"(\w+)\"")
FIELD = re.compile(r"^    (\w+) = \w+Field\(", re.MULTILINE)
TEXTS = [path.read_text("utf-8") for path in python_files()]
ARGUMENTS = sorted({name for text in TEXTS for name in ARGUMENT.findall(text)}
                   | {"page", "kind", "stage", "industry", "product", "region", "tag", "lang"})
FIELDS = sorted({name for text in TEXTS for name in FIELD.findall(text)} - {"file", "files"})


@pytest.fixture
def visit(app, browser, record, alice, bob, admin, clock):
    """The status of an endpoint asked with the same odd value for everything."""
    records = records_of(app, record(alice), bob, clock())

    def status(endpoint, value):
        person = bob if endpoint.permission == "text:edit" else alice
        person = admin if "rep" not in ROLES.get(endpoint.permission, {"rep"}) else person
        visitor = browser(person)
        own = {"sign_in_id": sign_in_of(person), "term_id": term_for(endpoint)}
        address = endpoint.address(app, records.of_theirs(own))
        if endpoint.method == "GET":
            odd = dict.fromkeys(ARGUMENTS, value)
            return visitor.get(address, query_string=odd).status_code
        return visitor.post(address, data=dict.fromkeys([*ARGUMENTS, *FIELDS], value)).status_code

    return status


@pytest.mark.parametrize("endpoint", READING, ids=str)
def test_an_odd_address_is_answered(endpoint, visit):
    statuses = {name: visit(endpoint, value) for name, value in ODD.items()}
    assert {name: status for name, status in statuses.items() if status >= 500} == {}


@pytest.mark.parametrize("endpoint", WRITING, ids=str)
def test_an_odd_form_is_answered(endpoint, visit):
    for name in ("a zero byte", "a great number", "an emoji", "half a letter"):
        assert visit(endpoint, ODD[name]) < 500, name
