"""Editing the stage map: versions, what cannot hold, and that answers stay."""

from dataclasses import replace

import pytest

from portal.core.audit import AuditEntry
from portal.core.errors import Conflict, Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.stages.actions import missing_for
from portal.leads.stages.actions.mapping import change_stage, restore_stage
from portal.leads.stages.models import StageAnswer, StageVersion
from portal.leads.stages.queries import stage_map
from portal.leads.stages.rules import Gate, Item, Words
from portal.leads.stages.seeds import SEEDS
from portal.leads.stages.typed import content_typed
from portal.lists.actions import add_term
from portal.lists.models import Term

ACQUIRED = SEEDS["acquired"]


def typed(content, **change):
    """What the editor sends for this content."""
    form = {"probability": str(content.probability), "role": content.role,
            "expected_days": str(content.expected_days), "entry-zh": content.entry.zh,
            "entry-en": content.entry.en, "exit-zh": content.exit.zh, "exit-en": content.exit.en}
    for place, item in enumerate(content.items):
        name = f"item-{place}"
        form |= {f"{name}-key": item.key, f"{name}-zh": item.words.zh, f"{name}-en": item.words.en,
                 f"{name}-kind": f"field:{item.field}" if item.field else item.kind,
                 f"{name}-group": item.group}
        if item.required:
            form[f"{name}-required"] = "yes"
    for place, gate in enumerate(content.gates):
        name = f"gate-{place}"
        form |= {f"{name}-key": gate.key, f"{name}-zh": gate.words.zh, f"{name}-en": gate.words.en,
                 f"{name}-reviewer": gate.reviewer}
    return {**form, **change}


def term_id(code):
    return db.session.query(Term.id).filter_by(list="stage", code=code).scalar()


@pytest.mark.parametrize("code", SEEDS)
def test_what_the_editor_sends_is_what_it_showed(code):
    assert content_typed(typed(SEEDS[code])) == SEEDS[code]


def test_a_new_thing_is_asked_for_and_answers_stay(lead, alice, admin, clock, move):
    move(alice, lead, "screened", answers={"acquired.reached": "yes"})
    more = replace(ACQUIRED, items=(Item("card", Words("交换名片")),))
    with transaction():
        assert change_stage(admin.actor, "acquired", more, clock(), base=0)
    assert stage_map()["acquired"].content == more
    row = db.session.query(StageAnswer).one()
    assert (row.item, row.words["zh"]) == ("reached", "已联系上客户")
    move(alice, lead, "acquired", reason="回去")
    lacks = missing_for(db.session.get(Lead, lead.id), "screened")
    assert [lack.key for lack in lacks] == ["card"]
    assert db.session.query(AuditEntry).filter_by(action="stage.changed").count() == 1


def test_a_former_version_holds_again(admin, clock):
    with transaction():
        change_stage(admin.actor, "needs", replace(SEEDS["needs"], probability=30), clock(),
                     base=0)
    with transaction():
        restore_stage(admin.actor, "needs", 0, clock(), base=1)
    assert stage_map()["needs"].content == SEEDS["needs"] and stage_map()["needs"].number == 2
    with pytest.raises(Refused):
        restore_stage(admin.actor, "needs", 9, clock(), base=2)


def test_who_saves_second_is_told(admin, clock):
    with transaction():
        change_stage(admin.actor, "needs", replace(SEEDS["needs"], probability=30), clock(),
                     base=0)
    with pytest.raises(Conflict), transaction():
        change_stage(admin.actor, "needs", replace(SEEDS["needs"], probability=40), clock(),
                     base=0)


@pytest.mark.parametrize("change", [
    {"probability": 101}, {"probability": -1}, {"expected_days": 366}, {"role": "boss"},
    {"entry": Words("长" * 1001)}, {"items": (Item("a", Words("")),)},
    {"items": (Item("a", Words("甲"), "field", "owner_id"),)},
    {"items": (Item("a", Words("甲")), Item("b", Words("甲")))},
    {"items": tuple(Item(str(n), Words(str(n))) for n in range(21))},
    {"gates": (Gate("g", Words("关"), "person:x"),)},
    {"gates": (Gate("g", Words("关"), "part:x"),)},
    {"gates": (Gate("g", Words("")),)},
])
def test_what_cannot_hold_is_refused(admin, clock, change):
    with pytest.raises(Refused):
        change_stage(admin.actor, "needs", replace(SEEDS["needs"], **change), clock(), base=0)


def test_a_stage_that_is_added_to_the_list_asks_for_nothing(lead, alice, admin, clock, move):
    with transaction():
        add_term(admin.id, "stage", "售后", "Aftercare", clock())
    added = list(stage_map())[-1]
    assert (added.label("en"), added.probability, added.content.items) == ("Aftercare", 100, ())
    assert stage_map().last == added


def test_the_editor_saves_and_undoes(browser, admin):
    client, url = browser(admin), f"/manage/stages/{term_id('proposal')}"
    assert client.get("/manage/stages").status_code == 200
    assert client.get(url).status_code == 200
    form = typed(SEEDS["proposal"], base="0", probability="55")
    form |= {"item-3-zh": "客户演示.完成", "item-3-kind": "tick", "item-3-group": "check",
             "gate-0-reviewer": "line_manager"}
    assert client.post(url, data=form).status_code == 303
    content = stage_map()["proposal"].content
    assert (content.probability, content.items[-1].key) == (55, "客户演示_完成")
    assert not content.items[-1].required and content.gates[0].reviewer == "line_manager"
    assert client.post(f"{url}/restore/0").status_code == 303
    assert db.session.query(StageVersion).count() == 2


def test_what_is_wrong_keeps_what_was_typed(browser, admin):
    url = f"/manage/stages/{term_id('needs')}"
    page = browser(admin).post(url, data=typed(SEEDS["needs"], base="0", expected_days="900",
                                               **{"item-0-zh": "新问题"}))
    assert page.status_code == 422 and "新问题" in page.text and 'value="900"' in page.text
    assert browser(admin).get("/manage/stages/987654").status_code == 404


def test_others_read_it_and_change_nothing(browser, alice, mei, hr):
    for person in (alice, mei):
        page = browser(person).get("/leads/stages")
        assert page.status_code == 200 and "The customer was reached" in page.text
        assert browser(person).get("/manage/stages").status_code == 403
        assert browser(person).post(f"/manage/stages/{term_id('needs')}").status_code == 403
    assert browser(hr).get("/leads/stages").status_code == 403
