"""An import through the browser: upload, rehearsal, writing, what it says of each record."""

from sqlalchemy import func, select

from portal.cases.models import Case, Comment, Revision, Solution
from portal.core import jobs
from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.models import Term
from portal.tasks import runner
from tests.cases.transfer.conftest import packed

LESSON = ("---\nref: a-lesson\ntitle: 先问预算\ntags: [预算, 提问]\nauthor: 李爱丽\n---\n"
          "第一次拜访就问。\n")


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def case(ref):
    db.session.rollback()
    return db.session.query(Case).filter_by(ref=ref).one()


def test_a_rehearsal_writes_nothing_and_says_what_would_be(uploader, mei, app):
    up = uploader(mei)
    cases, terms = count(Case), count(Term)
    assert up.send("lesson.md", LESSON).status_code == 303
    assert up.verdicts == ["new"]
    page = up.page()
    assert "先问预算" in page
    assert "李爱丽" in page
    assert "预算" in page
    assert (count(Case), count(Term)) == (cases, terms)


def test_what_was_rehearsed_is_written(uploader, mei, alice):
    up = uploader(mei)
    up.send("lesson.md", LESSON)
    assert up.commit().status_code == 303
    found = case("a-lesson")
    assert (found.title, found.owner_id, found.confidence) == ("先问预算", alice.id,
                                                               "not_validated")
    assert {tag.label_zh for tag in found.tags} == {"预算", "提问"}
    assert up.outcomes == ["new"]
    assert "New 1" in up.page()


def test_the_same_again_is_unchanged_and_an_edit_is_an_update(uploader, admin):
    up = uploader(admin)
    up.send("lesson.md", LESSON)
    up.commit()
    up.send("lesson.md", LESSON)
    assert up.verdicts == ["unchanged"]
    assert "nothing to write" in up.page()
    up.send("lesson.md", LESSON.replace("第一次", "每次"))
    assert up.verdicts == ["update"]
    up.commit()
    assert up.outcomes == ["left"]
    up.send("lesson.md", LESSON.replace("第一次", "每次"))
    up.commit(updates="1")
    assert up.outcomes == ["changed"]
    assert case("a-lesson").revision == 2


def test_a_case_like_a_known_one_waits_for_a_decision(uploader, mei, record, alice):
    known = record(alice, title="两位同事同时跟进一家客户怎么办")
    up = uploader(mei)
    up.send("double.md", "---\ntitle: 两位同事同时跟进同一家客户怎么办\n---\n谁的？")
    assert up.verdicts == ["alike"]
    assert up.rows[0].alike == [known.id]
    assert known.title in up.page()
    up.commit()
    assert up.outcomes == ["left"]
    up.send("double.md", "---\ntitle: 两位同事同时跟进同一家客户怎么办\n---\n谁的？")
    up.commit(alike="1")
    assert up.outcomes == ["new"]


def test_a_worker_finds_likeness_too(uploader, mei, record, alice, monkeypatch):
    """Outside of any request."""
    known = record(alice, title="两位同事同时跟进一家客户怎么办")
    monkeypatch.setattr(jobs._runner, "mode", "off")
    up = uploader(mei)
    up.send("double.md", "---\ntitle: 两位同事同时跟进同一家客户怎么办\nkind: x\n---\n谁的？")
    up.send("double.md", "---\ntitle: 两位同事同时跟进同一家客户怎么办\n---\n谁的？")
    runner.work()
    assert (up.verdicts, up.rows[0].alike) == (["alike"], [known.id])


def test_a_case_like_a_hidden_one_says_nothing_of_it(uploader, chen, record, alice):
    record(alice, title="两位同事同时跟进一家客户怎么办", audience="team")
    up = uploader(chen)
    up.send("double.md", "---\ntitle: 两位同事同时跟进一家客户怎么办\n---\n谁的？")
    assert up.verdicts == ["new"]


def test_as_drafts(uploader, mei, alice):
    up = uploader(mei)
    up.send("lesson.md", LESSON)
    up.commit(draft="1")
    assert case("a-lesson").confidence == "draft"


def test_a_manager_vouches_for_nothing_by_a_file(uploader, mei, admin):
    text = LESSON.replace("author", "confidence: validated\nverified_until: 2026-12-31\nauthor")
    up = uploader(mei)
    up.send("lesson.md", text)
    up.commit()
    assert (case("a-lesson").confidence, case("a-lesson").verified_until) == ("not_validated",
                                                                              None)
    up = uploader(admin)
    up.send("lesson.md", text)
    up.commit(updates="1")
    assert case("a-lesson").confidence == "validated"


def test_a_manager_changes_only_what_they_may_edit(uploader, mei, chen, record, carol, alice):
    with transaction():
        for person, ref in ((carol, "hidden"), (alice, "ours")):
            db.session.merge(record(person, title=f"Case {ref}", audience="team")).ref = ref
    up = uploader(mei)
    up.send_all({f"{ref}.md": f"---\nref: {ref}\ntitle: Taken over\n---\nx"
                 for ref in ("hidden", "ours")})
    assert sorted(up.verdicts) == ["error", "update"]
    assert "may not change" in up.page()
    up.commit(updates="1")
    assert case("hidden").title == "Case hidden"
    assert case("ours").title == "Taken over"


def test_what_changed_since_the_rehearsal_is_left_out(uploader, admin):
    first = uploader(admin)
    first.send("lesson.md", LESSON)
    second = uploader(admin)
    second.send("lesson.md", LESSON.replace("第一次", "每次"))
    first.commit()
    second.commit()
    assert second.outcomes == ["failed"]
    assert "since the rehearsal" in second.page()
    assert "第一次" in case("a-lesson").body


def test_solutions_and_comments_come_along(uploader, admin, app):
    up = uploader(admin)
    up.send("all.zip", packed({
        "p.md": "---\nref: p\nkind: problem\ntitle: 怎么办\n---\n问",
        "s.md": "---\nref: p-s1\nkind: solution\nof: p\nauthor: alice\naccepted: true\n---\n答",
        "c.md": "---\nref: p-c1\nkind: comment\nof: p\n---\n评",
        "x.md": "---\nref: x\nkind: solution\nof: nowhere\n---\n?",
    }))
    assert sorted(up.verdicts) == ["error", "new", "new", "new"]
    up.commit()
    assert (count(Solution), count(Comment)) == (1, 1)
    assert case("p").state == "solved"


def test_words_that_no_list_knows_need_a_decision(uploader, admin, mei):
    files = {f"{n}.md": f"---\nref: i-{n}\ntitle: 案例{n}\nindustry: {word}\n---\nx"
             for n, word in enumerate(("航天", "造船", "宠物", "制造业"))}
    up = uploader(admin)
    up.send_all(files)
    assert up.verdicts == ["new"] * 4
    unknown = up.row.rehearsal.result["unknown"]
    decided = {"航天": "manufacturing", "造船": "-", "宠物": ""}
    up.commit(**{f"word-{n}": decided[word] for n, (_, word, _count) in enumerate(unknown)})
    assert {row.ref: row.outcome for row in up.rows} == {
        "i-0": "new", "i-1": "new", "i-2": "failed", "i-3": "new"}
    assert [case(f"i-{n}").industry for n in (0, 1, 3)] == ["manufacturing", None, "manufacturing"]
    # Only who arranges the lists adds to them.
    for person, outcome in ((mei, "failed"), (admin, "new")):
        up = uploader(person)
        up.send("new.md", "---\nref: i-9\ntitle: 另一个\nindustry: 殡葬\n---\nx")
        up.commit(**{"word-0": "+"})
        assert up.outcomes == [outcome]


def test_everything_is_audited(uploader, admin):
    up = uploader(admin)
    up.send("lesson.md", LESSON)
    up.commit()
    up.revert()
    db.session.rollback()
    actions = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert [a for a in actions if a.startswith(("import", "library", "list.removed"))] == [
        "import.uploaded", "library.imported", "import.reverted", "list.removed", "list.removed"]


def test_errors_are_a_table_with_reasons(uploader, mei):
    up = uploader(mei)
    up.send_all({"good.md": LESSON, "bad.md": "---\nkind: nonsense\ntitle: =1+1\n---\nx"})
    answer = up.browser.get(f"{up.url}/errors.csv")
    text = answer.get_data().decode("utf-8-sig")
    assert text.splitlines()[0] == "File,Line,Title,Reason"
    assert "bad.md,2," in text
    assert "nonsense" in text
    assert "good.md" not in text


def test_a_step_is_not_done_twice(uploader, admin):
    up = uploader(admin)
    up.send("lesson.md", LESSON)
    assert up.commit().status_code == 303
    answer = up.commit()
    assert answer.status_code == 409
    assert "gone on meanwhile" in answer.text
    assert up.revert().status_code == 303
    assert up.revert().status_code == 409
    assert count(Revision) == 1


def test_the_verdict_on_an_export_is_unchanged(uploader, admin, record, alice, bob, tmp_path):
    """Whatever the portal exports, it knows again."""
    from portal.cases.exchange.exporting import export_library

    record(alice, title="一", tags=("乙", "甲"), audience="team", stage="needs")
    record(bob, kind="loss", title="二", extra={"rating": 5})
    export_library(tmp_path / "all.zip")
    up = uploader(admin)
    up.send("all.zip", (tmp_path / "all.zip").read_bytes())
    assert set(up.verdicts) == {"unchanged"}
