"""Notes in the timeline, written and corrected by their writer."""

from portal.customers.models import TimelineEntry
from portal.extensions import db


def note_of(customer_id: int) -> TimelineEntry:
    db.session.rollback()
    return db.session.query(TimelineEntry).filter_by(
        customer_id=customer_id, kind="note.written").one()


def test_written_and_corrected(browser, customer, alice, mei, carol) -> None:
    found = customer(alice)
    mine, url = browser(alice), f"/customers/{found}/notes"
    assert mine.post(url, data={"text": " "}).status_code == 422
    assert browser(carol).post(url, data={"text": "x"}).status_code == 404
    assert mine.post(url, data={"text": "They wait for August."}).status_code == 303
    at = f"/customers/{found}/timeline/{note_of(found).id}/correct"
    assert "They wait for August." in mine.get(at).text
    assert browser(mei).get(at).status_code == 422
    answer = mine.post(at, data={"text": "They wait for September.", "reason": ""})
    assert answer.status_code == 422 and "They wait for September." in answer.text
    fields = {"text": "They wait for September.", "reason": "misheard"}
    assert mine.post(at, data=fields).status_code == 303
    assert note_of(found).text == "They wait for August."
    assert mine.post(at, data={**fields, "text": "third"}).status_code == 409


def test_an_entry_of_another_file_is_unknown(browser, customer, alice) -> None:
    found = customer(alice)
    other = customer(alice, name="无锡华新电子有限公司", phone="")
    browser(alice).post(f"/customers/{found}/notes", data={"text": "x"})
    number = note_of(found).id
    assert browser(alice).get(f"/customers/{other}/timeline/{number}").status_code == 404
    assert browser(alice).get(f"/customers/{other}/timeline/{number}/correct").status_code == 404
