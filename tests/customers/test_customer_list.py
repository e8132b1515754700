"""The list of customers: whose, narrowed, in an order, and as a workbook."""

from datetime import timedelta
from io import BytesIO

from openpyxl import load_workbook

from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.customers.actions.customers import void_customer
from portal.customers.content import ContactFacts
from portal.extensions import db
from tests.counting import statements_of
from tests.customers.conftest import row_of

WUXI = {"name": "无锡华新电子有限公司", "phone": "0510-82345678"}


def test_whose(browser, customer, alice, bob, mei, carol, hr) -> None:
    customer(alice, team={"bob": "backup"})
    customer(carol, **WUXI)
    customer(None, name="南京瑞丰医药股份有限公司", phone="")
    expected = {
        ("alice", "mine"): "苏州", ("bob", "mine"): "苏州", ("mei", "mine"): "",
        ("mei", "team"): "苏州", ("mei", "all"): "苏州南京", ("mei", "pool"): "南京",
        ("alice", "all"): "苏州", ("alice", "pool"): "", ("alice", "team"): "",
        ("carol", "all"): "无锡",
    }
    people = {person.login: person for person in (alice, bob, mei, carol)}
    for (login, scope), names in expected.items():
        text = browser(people[login]).get(f"/customers?scope={scope}").text
        for name in ("苏州恒通", "无锡华新", "南京瑞丰"):
            assert (name in text) == (name[:2] in names), (login, scope, name)
    assert browser(hr).get("/customers").status_code == 403
    assert browser(alice).post("/customers").status_code == 405


def test_leaders_begin_with_their_team(browser, customer, alice, mei) -> None:
    customer(alice)
    assert "苏州恒通" in browser(mei).get("/customers").text
    assert "苏州恒通" not in browser(mei).get("/customers?scope=mine").text


def test_filters(browser, customer, clock, alice) -> None:
    qian = ContactFacts("钱敏", phone="13800138000")
    customer(alice, tier="A", segment="vip", industry="it", region="east", contacts=[qian],
             aliases=("Hengtong",))
    customer(alice, **WUXI)
    clock.move(days=10)
    mine = browser(alice)
    for asked in ("tier=A", "segment=vip", "industry=it", "region=east", "q=恒通", "q=HENGTONG",
                  "q=錢敏", "q=138-0013", "overdue=1"):
        text = mine.fragment(f"/customers?{asked}").text
        assert text.lstrip().startswith('<div id="list">')
        assert "苏州恒通" in text and "无锡华新" not in text, asked
    assert "No customer fits these filters." in mine.get("/customers?q=%25").text
    for odd in ("tier=D&sort=x&owner=x&scope=x&page=99", "q=" + "长" * 300):
        assert mine.get(f"/customers?{odd}").status_code == 200


def test_orders(browser, customer, clock, alice) -> None:
    first = customer(alice, tier="C")
    clock.move(days=1)
    customer(alice, **WUXI)
    mine = browser(alice)

    def order(sort: str) -> list[str]:
        text = mine.fragment(f"/customers?sort={sort}").text
        return sorted(("苏州恒通", "无锡华新"), key=text.index)

    assert order("newest") == order("activity") == order("next") == ["无锡华新", "苏州恒通"]
    assert order("name") == ["无锡华新", "苏州恒通"]
    with transaction():
        row_of(first).last_activity_at = clock() + timedelta(days=1)
    assert order("activity") == ["苏州恒通", "无锡华新"]


def test_void_ones_stand_apart(browser, customer, clock, alice) -> None:
    found = customer(alice)
    with transaction():
        void_customer(alice.actor, row_of(found), "twice", clock())
    mine = browser(alice)
    assert "苏州恒通" not in mine.fragment("/customers").text
    assert "苏州恒通" in mine.fragment("/customers?state=void").text


def test_the_workbook_holds_the_list_alone(browser, customer, alice, carol, hr) -> None:
    customer(alice, tier="A", industry="it", address="=1+1")
    customer(alice, **WUXI)
    customer(carol, name="南京瑞丰医药股份有限公司", phone="")
    answer = browser(alice).post("/customers/export.xlsx?tier=A&scope=all")
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2 and rows[1][0] == "苏州恒通机电有限公司" and "IT" in rows[1]
    cell = next(cell for cell in sheet[2] if cell.value == "=1+1")
    assert cell.data_type == "s"
    assert db.session.query(AuditEntry).filter_by(action="customer.exported").one().detail[
        "rows"] == 1
    assert browser(hr).post("/customers/export.xlsx").status_code == 403
    assert browser(alice).get("/customers/export.xlsx").status_code == 405


def test_names_while_typing(browser, customer, alice, carol) -> None:
    customer(alice, aliases=("恒通机电",))
    customer(carol, **WUXI)
    mine = browser(alice)
    assert "苏州恒通" in mine.fragment("/customers/called?q=恒通").text
    assert "无锡" not in mine.get("/customers/called?q=无锡").text
    assert mine.get("/customers/called").status_code == 200


def test_statements_do_not_grow(app, browser, customer, alice) -> None:
    customer(alice)
    mine = browser(alice)
    few = len(statements_of(app, mine, "/customers?scope=all"))
    for number in range(12):
        customer(alice, name=f"第{number}机械制造厂{'甲乙丙丁戊己庚辛壬癸子丑'[number]}", phone="")
    assert len(statements_of(app, mine, "/customers?scope=all")) <= few
