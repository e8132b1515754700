"""Filling in a playbook over HTTP: the page, the files, and counting the use."""

import pytest

from portal import features
from portal.cases.models import Case, Reuse
from portal.cases.playbooks import sources
from portal.extensions import db

BODY = "约 {{customer}} 的 {{contact|负责人}}，报 {{amount}}。`{{product}}`"


@pytest.fixture
def playbook(record, alice):
    return record(alice, kind="playbook", title="报价话术", body=BODY)


@pytest.fixture
def lead():
    """A source of values that bob may read."""
    def values(actor, number):
        return {"customer": "华东机械", "amount": ""} if number == 7 else None

    sources.install([sources.Source("lead", values)])
    yield "lead:7"
    sources.install(features.ALL.placeholders)


def test_the_page_of_a_playbook_leads_to_it(browser, bob, playbook):
    page = browser(bob).get(f"/cases/{playbook.id}")
    assert f"/cases/{playbook.id}/fill" in page.text
    assert '<span class="placeholder">Customer</span>' in page.text


def test_what_is_open_is_marked_and_what_the_address_says_is_filled_in(browser, bob, playbook):
    said = {"客户": "<b>甲</b>", "product": "x"}
    page = browser(bob).get(f"/cases/{playbook.id}/fill", query_string=said).text
    assert "&lt;b&gt;甲&lt;/b&gt;</span>" in page
    assert ">负责人</span>" in page
    assert '<span class="blank" data-fill="amount"' in page
    assert "<code>{{product}}</code>" in page
    assert 'name="product"' not in page


def test_a_lead_gives_its_values_to_who_may_read_it(browser, bob, playbook, lead):
    page = browser(bob).get(f"/cases/{playbook.id}/fill?from={lead}").text
    assert ">华东机械</span>" in page
    assert '<input type="hidden" name="from" value="lead:7">' in page
    for nonsense in ("lead:8", "lead:x", "visit:7", "lead:", "'"):
        page = browser(bob).get(f"/cases/{playbook.id}/fill", query_string={"from": nonsense}).text
        assert "华东机械" not in page
        assert 'name="from"' not in page


@pytest.mark.parametrize(
    ("ending", "said"),
    [("md", "约 甲\\*乙 的 负责人，报 {{amount}}。`{{product}}`"),
     ("txt", "约 甲*乙 的 负责人，报 ____。{{product}}")],
)
def test_as_a_file(browser, bob, playbook, ending, said):
    answer = browser(bob).get(f"/cases/{playbook.id}/fill.{ending}?customer=甲*乙")
    assert said in answer.text
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_use_is_counted_once_and_nothing_else_is_kept(app, browser, bob, playbook, lead):
    person = browser(bob)
    address = f"/cases/{playbook.id}/fill/used"
    first = person.fragment(address, {"source": lead, "customer": "甲"}, method="POST")
    assert "Counted" in first.text
    assert "Counted" not in person.fragment(address, {}, method="POST").text
    reuse = db.session.query(Reuse).one()
    assert (reuse.occasion, reuse.source_ref, reuse.note) == ("playbook", lead, "")
    assert db.session.get(Case, playbook.id).reused == 1


def test_without_scripts_one_says_so_oneself(browser, bob, playbook):
    answer = browser(bob).post(f"/cases/{playbook.id}/fill/used")
    assert answer.status_code == 303


def test_only_playbooks_are_filled_in(browser, bob, record, alice):
    case = record(alice, body=BODY)
    person = browser(bob)
    for path in ("fill", "fill.md", "fill.txt"):
        answer = person.get(f"/cases/{case.id}/{path}")
        assert (answer.status_code, answer.location) == (303, f"/cases/{case.id}")
    assert person.post(f"/cases/{case.id}/fill/used").location == f"/cases/{case.id}"
    assert db.session.query(Reuse).count() == 0


def test_who_may_not_read_it_finds_nothing(browser, carol, record, alice):
    hidden = record(alice, kind="playbook", title="x", body=BODY, audience="team")
    draft = record(alice, kind="playbook", title="y", body=BODY, draft=True)
    person = browser(carol)
    for case in (hidden, draft):
        for path in ("fill", "fill.txt"):
            assert person.get(f"/cases/{case.id}/{path}").status_code == 404
        assert person.post(f"/cases/{case.id}/fill/used").status_code == 404


def test_nobody_else_gets_in(browser, playbook):
    assert browser().get(f"/cases/{playbook.id}/fill").status_code in (302, 303, 401)
    assert browser().post(f"/cases/{playbook.id}/fill/used").status_code == 401


def test_a_use_cannot_be_counted_by_a_link_nor_without_a_token(browser, bob, playbook):
    address = f"/cases/{playbook.id}/fill/used"
    assert browser(bob).get(address).status_code == 405
    assert browser(bob).post(address, csrf=False).status_code == 400


def test_lists_and_results_speak_in_words(browser, bob, playbook):
    page = browser(bob).get("/search?q=报价话术").text
    assert "{{" not in page


def test_the_editor_of_a_playbook_offers_words(browser, alice, playbook):
    page = browser(alice).get(f"/cases/{playbook.id}/edit").text
    assert 'data-insert-text="{{customer}}"' in page


def test_a_placeholder_may_be_called_anything(browser, bob, record, alice):
    names = ("case_id", "_external", "_anchor", "from", "self", "<b>", "a&b", "x=y")
    case = record(alice, kind="playbook", title="n", body=" ".join(f"{{{{{n}|1}}}}" for n in names))
    page = browser(bob).get(f"/cases/{case.id}/fill", query_string=dict.fromkeys(names, "v&'<"))
    assert page.status_code == 200
    assert "v&amp;&#39;&lt;</span>" in page.text
