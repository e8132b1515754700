"""Whether the portal can serve: for load balancers and monitors, without a session."""

from sqlalchemy.exc import OperationalError

from portal.extensions import db


def test_it_is_well(browser):
    answer = browser().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_it_says_nothing_about_the_house(browser):
    assert set(browser().get("/healthz").json) == {"status"}
    assert browser().post("/healthz", csrf=False).status_code in (400, 405)


def test_it_is_not_well_without_its_database(browser, monkeypatch):
    person = browser()

    def gone(*args: object, **kwargs: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("the server is gone"))

    monkeypatch.setattr(db.session, "execute", gone)
    answer = person.get("/healthz")
    assert answer.status_code == 503
    assert "the server is gone" not in answer.text
