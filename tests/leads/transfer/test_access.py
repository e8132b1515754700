"""Who may import, for whom, and who sees an import."""

import io

import openpyxl
import pytest

from portal.core.unit_of_work import transaction
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.models import Lead
from portal.options.models import ChangedOption
from portal.reminders.models import Notification
from tests.counting import statements_of
from tests.leads.transfer.test_import import TABLE, count

STEPS = ("sheet", "columns", "rehearse", "rows", "commit", "revert")


@pytest.mark.parametrize("login", ["hr", "admin"])
def test_who_does_not_sell_imports_nothing(browser, login, request):
    person = browser(request.getfixturevalue(login))
    assert person.get("/leads/import").status_code == 403
    assert person.get("/leads/import/template.xlsx").status_code == 403
    assert person.post("/leads/import", data={}).status_code == 403


def test_an_import_is_its_persons_alone(importer, browser, alice, bob, mei):
    up = importer(alice)
    up.rehearse(TABLE)
    for other in (bob, mei):
        stranger = browser(other)
        for path in ("", "/left.csv", "/left.xlsx"):
            assert stranger.get(up.url + path).status_code == 404
        for step in STEPS:
            assert stranger.post(f"{up.url}/{step}").status_code == 404
    assert browser(bob).get("/leads/imports/999").status_code == 404
    assert browser(bob).get("/leads/import").text.count("leads.csv") == 0
    assert "leads.csv" in up.browser.get("/leads/import").text


@pytest.mark.parametrize("step", STEPS)
def test_steps_are_posted(importer, alice, step):
    up = importer(alice)
    up.send("leads.csv", TABLE)
    assert up.browser.get(f"{up.url}/{step}").status_code == 405


def test_steps_out_of_turn_are_refused(importer, alice):
    up = importer(alice)
    up.send("leads.csv", TABLE)
    for step in ("commit", "revert", "rows"):
        assert up.browser.post(f"{up.url}/{step}").status_code == 409
    up.columns()
    up.commit()
    for step in ("commit", "columns", "rehearse", "rows", "sheet"):
        assert up.browser.post(f"{up.url}/{step}").status_code in (409, 422)
    assert count(Lead) == 2


def test_a_manager_imports_for_those_they_lead(importer, mei, alice, carol):
    up = importer(mei)
    up.rehearse("公司,负责人\n江南精密机械有限公司,alice\n北岭食品股份有限公司,李爱丽\n南岸物流有限公司,carol\n"
                "西山化工有限公司,\n")
    assert up.verdicts == ["new", "new", "error", "new"]
    assert "those you lead" in up.rows[2].reason
    up.commit()
    owners = [lead.owner_id for lead in db.session.query(Lead).order_by(Lead.id)]
    assert owners == [alice.id, alice.id, mei.id]
    news = db.session.query(Notification).filter_by(kind="leads.imported").all()
    assert [(each.person_id, each.actor_id) for each in news] == [(alice.id, mei.id)]


def test_everything_for_one_person(importer, mei, bob):
    up = importer(mei)
    up.rehearse(TABLE, owner=str(bob.id), channel="fair", title="From the fair")
    up.commit()
    lead = db.session.query(Lead).filter_by(owner_id=bob.id).one()
    assert lead.channel == "fair"


def test_a_rep_cannot_choose_somebody_else(importer, alice, bob):
    up = importer(alice)
    up.rehearse("公司\n江南精密机械有限公司\n", owner=str(bob.id))
    up.commit()
    assert db.session.query(Lead).one().owner_id == alice.id


def test_what_is_too_much_for_one_person_goes_to_the_pool(importer, alice, clock):
    with transaction():
        db.session.add(ChangedOption(name="pool.cap", value=1, changed_at=clock()))
    up = importer(alice)
    up.rehearse("公司\n江南精密机械有限公司\n北岭食品股份有限公司\n")
    up.commit()
    owners = [lead.owner_id for lead in db.session.query(Lead).order_by(Lead.id)]
    assert owners == [alice.id, None]
    assert "goes to the pool" in up.rows[1].notes[0]
    assert db.session.query(Customer).filter_by(owner_id=None).count() == 1


def test_the_template_can_be_imported(importer, alice):
    up = importer(alice)
    for language in ("zh", "en"):
        person = importer(alice, language=language)
        answer = person.browser.get("/leads/import/template.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
        assert book.active.max_row == 3
        person.send("template.xlsx", answer.data)
        assert "" not in person.found.mapping
        person.columns()
        assert person.verdicts == ["new", "new"]
        assert not any(row.unknown for row in person.rows)
    assert up.number == 0


def test_page_and_fragment(importer, alice):
    up = importer(alice)
    up.rehearse(TABLE)
    part = up.browser.get(f"{up.url}?group=new", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith("<section id=\"rows\"")
    assert "<html" not in part
    assert "江南精密" not in up.page(group="error")


def test_statements_do_not_grow_with_the_rows(importer, alice, bob, customer, app):
    customer(bob, "江南精密机械有限公司")
    small = importer(alice)
    small.rehearse("公司\n江南精密机械有限公司\n")
    names = "".join(f"{sign}{other}精工机械有限公司\n"
                    for sign in "东西南北" for other in "山海河湖林")
    large = importer(alice)
    large.rehearse("公司\n江南精密机械有限公司\n" + names)
    assert len(large.rows) == 21
    few = statements_of(app, small.browser, small.url)
    many = statements_of(app, large.browser, large.url)
    assert len(many) <= len(few)
