"""Recording a case: K1, K7, K8."""

import json

import pytest
from sqlalchemy import select

from portal.cases.actions.cases import record_case
from portal.cases.content import CaseContent, RetrospectiveContent
from portal.cases.models import Case, Revision
from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.extensions import db


def test_a_recorded_case_belongs_to_its_author_and_their_team(record, alice, clock):
    case = record(alice, title="撞单怎么办", body="两个销售同时报备")
    assert (case.owner_id, case.team_id, case.created_at) == (alice.id, alice.team_id, clock())
    assert (case.confidence, case.state, case.revision) == ("not_validated", "open", 1)
    assert case.verified_until is None


def test_the_first_save_is_the_first_revision_and_is_audited(record, alice):
    case = record(alice, title="t", body="b")
    revision = db.session.scalars(select(Revision)).one()
    assert (revision.number, revision.part, revision.author_id) == (1, "case", alice.id)
    assert revision.content == case.content
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.subject) == ("case.recorded", f"case:{case.id}")


def test_a_draft_is_nobody_elses(record, alice, mei):
    case = record(alice, draft=True)
    assert case.confidence == "draft"
    assert case.access_tokens == {f"user:{alice.id}"}


@pytest.mark.parametrize(("title", "language"), [
    ("撞单了怎么办", "zh"), ("Two reps claim one customer", "en"), ("U8接口报错", "zh"),
    ("12345", "en"),
])
def test_the_language_is_that_of_the_text(record, alice, title, language):
    assert record(alice, title=title).language == language


def test_text_is_tidied(record, alice):
    case = record(alice, title="  two\u200b \x00 words\n", body="a \r\n\x07b\r\n\r\n",
                  tags=("ＥＲＰ", "erp", " 撞单 ", ""))
    assert (case.title, case.body) == ("two words", "a\nb")
    assert len(case.tags) == 2


def test_a_tag_is_the_same_in_any_width_and_case(record, alice):
    first = record(alice, title="one", tags=("ERP",))
    second = record(alice, title="two", tags=("ｅｒｐ",))
    assert first.tags == second.tags


def test_a_deal_always_has_its_facts(record, alice):
    assert record(alice, kind="win", title="t").retrospective is not None
    problem = record(alice, title="t", retrospective=RetrospectiveContent(main_reason="price"))
    assert problem.retrospective is None


def test_every_fact_of_a_deal_comes_back(record, alice, deal):
    case = record(alice, kind="loss", title="t", retrospective=deal)
    db.session.expire_all()
    assert case.content.retrospective == deal


def test_unknown_front_matter_is_kept(record, alice):
    extra = {"reviewer": "王海", "weights": [1, 2], "deep": {"a": None}}
    case = record(alice, title="t", extra=extra)
    db.session.expire_all()
    assert case.content.extra == extra


@pytest.mark.parametrize("wrong", [
    {"title": ""}, {"title": " \u200b\n"}, {"title": "x" * 161}, {"body": "x" * 100_001},
    {"kind": "gossip"}, {"audience": "world"}, {"source": "rumour"},
    {"tags": tuple(f"t{n}" for n in range(13))},
])
def test_what_no_form_may_save_is_refused(app, alice, clock, wrong):
    with pytest.raises(Refused), transaction():
        record_case(alice.actor, CaseContent(**{"kind": "problem", "title": "t", **wrong}), clock())
    assert db.session.scalars(select(Case)).all() == []


def test_the_limits_themselves_are_allowed(record, alice):
    case = record(alice, title="客" * 160, body="x" * 100_000,
                  tags=tuple(f"t{n}" for n in range(12)))
    assert len(case.tags) == 12


@pytest.mark.parametrize("text", ["repeat", "avoid"])
def test_control_signs_leave_the_facts_of_a_deal_too(record, alice, text):
    deal = RetrospectiveContent(**{text: "a\x00b"}, actions=("one\x00",), competitors=("\x07c",))
    case = record(alice, kind="win", title="t", retrospective=deal)
    assert "\\u00" not in json.dumps(case.content.as_json())


def test_two_cases_never_share_a_name(record, alice):
    refs = {record(alice, title=str(n)).ref for n in range(5)}
    assert len(refs) == 5
