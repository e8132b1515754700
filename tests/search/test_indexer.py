"""The index follows the database: at once, after a crash, and while it is being rebuilt (S6)."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic

import pytest
from sqlalchemy import insert, select, update

from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search import comparing, indexer, records, sources
from portal.search.alone import alone
from portal.search.document import Document
from portal.search.engine import IndexBroken, IndexBusy
from portal.search.models import IndexJob
from portal.search.outbox import enqueue
from portal.search.sources import installed
from portal.search.whoosh_engine.writer import TIER_SEGMENTS

pytestmark = pytest.mark.usefixtures("either_engine")


def jobs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(IndexJob.ref).order_by(IndexJob.id)))


def work(app, **kwargs) -> int:
    """Index what waits, as the worker does: in a context of its own."""
    db.session.rollback()
    return Context().run(_work, app, **kwargs)


def _work(app, **kwargs) -> int:
    with app.app_context():
        return indexer.index_pending(**kwargs)


def test_what_was_saved_is_found_at_once(problem, found, bob):
    assert found(bob, "reps claim") == [problem.title]
    assert jobs() == []


def test_a_change_is_found_and_the_old_words_no_longer(problem, found, bob):
    with transaction():
        problem.title = "撞单仲裁"
        problem.body = ""
    assert found(bob, "撞单") == ["撞单仲裁"]
    assert found(bob, "reps claim") == []


def test_a_lost_wake_up_is_found_by_the_next_sweep(app, asleep, record, found, alice):
    record(alice, title="撞单仲裁")
    assert found(alice, "撞单") == []
    assert work(app) == 1
    assert found(alice, "撞单") == ["撞单仲裁"]
    assert jobs() == []
    assert work(app) == 0


def test_a_record_that_is_gone_leaves_the_index(app, problem, found, alice):
    with transaction():
        enqueue(["case:999", f"case:{problem.id}", "nonsense", "lead:1", "case:x"])
    assert jobs() == []
    assert found(alice, "reps") == [problem.title]


def test_more_jobs_than_a_batch(app, asleep, record, alice, monkeypatch):
    monkeypatch.setattr(indexer, "BATCH", 4)
    before = indexer.engine().status().documents
    for number in range(10):
        record(alice, title=f"Case {number}")
    assert work(app) == 10
    assert indexer.engine().status().documents == before + 10


def test_jobs_stay_while_the_index_is_busy(app, asleep, record, alice):
    record(alice)
    with alone(1.0):
        assert work(app, wait=0.05) == 0
    assert len(jobs()) == 1
    assert work(app) == 1


def test_jobs_stay_when_the_engine_refuses(app, asleep, record, alice, monkeypatch):
    record(alice)

    def busy(*args: object, **kwargs: object) -> None:
        raise IndexBusy("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(indexer.engine(), "write", busy)
        assert work(app) == 0
    assert len(jobs()) == 1
    assert work(app) == 1


def test_saving_does_not_wait_for_a_busy_index(app, browser, alice, monkeypatch):
    monkeypatch.setattr("portal.core.jobs.wake", lambda name: work(app, wait=0.05))
    person = browser(alice)
    with alone(1.0):
        answer = person.post("/cases/new/problem", data={
            "title": "Saved all the same", "audience": "everyone", "source": "none"})
    assert answer.status_code == 303
    assert jobs() == ["case:1"]


def test_two_indexers_never_write_at_once(app, asleep, record, found, alice):
    for number in range(6):
        record(alice, title=f"撞单 {number}")
    db.session.rollback()
    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda _: _work(app), range(2)))
    assert sorted(done) == [0, 6]
    assert jobs() == []
    assert len(found(alice, "撞单")) == 6


def test_a_deleted_index_is_told_and_healed_by_the_next_save(
    app, asleep, record, browser, found, alice, lose_index
):
    record(alice, title="撞单仲裁")
    work(app)
    lose_index()
    person = browser(alice)
    page = person.get("/search?q=撞单")
    assert page.status_code == 200
    answer = person.post("/cases/new/problem", data={
        "title": "撞单之后", "audience": "everyone", "source": "none"})
    assert answer.status_code == 303
    work(app)
    assert sorted(found(alice, "撞单")) == ["撞单之后", "撞单仲裁"]
    assert jobs() == []


def test_a_broken_index_says_so_on_the_page(app, problem, browser, alice, spoil_index):
    spoil_index()
    person = browser(alice)
    page = person.get("/search?q=reps")
    assert page.status_code == 200
    assert "Search is being repaired" in page.text
    assert "0 results" not in page.text
    assert person.get("/search/suggest?q=reps").status_code == 200
    assert person.get(f"/cases/{problem.id}/similar").status_code == 200
    with transaction():
        problem.title = "Two reps again"
    assert "Two <mark>reps</mark> again" in person.get("/search?q=reps").text


def test_a_rebuild_holds_exactly_what_the_database_holds(app, asleep, record, found, alice):
    for number in range(5):
        record(alice, title=f"撞单 {number}")
    with transaction():
        db.session.execute(update(Case).where(Case.id == 1).values(title="Changed past everybody"))
    assert indexer.rebuild() == indexer.total()
    assert found(alice, "past everybody") == ["Changed past everybody"]
    assert jobs() == []


def test_a_case_saved_during_a_rebuild_is_neither_lost_nor_kept_waiting(
    app, record, browser, found, alice, monkeypatch
):
    monkeypatch.setattr(records, "BATCH", 2)
    for number in range(4):
        record(alice, title=f"撞单 {number}")
    statuses = []

    def save(done: int) -> None:
        if not statuses:
            # Alice saves while the rebuild reads: it must not hold the write lock.
            statuses.append(Context().run(write_one, app))

    def write_one(app) -> str:
        with app.app_context(), transaction():
            db.session.get(Case, 1).title = "Reworded meanwhile"
        return "saved"

    monkeypatch.setattr("portal.core.jobs.wake", lambda name: None)
    assert indexer.rebuild(save) == indexer.total()
    assert statuses == ["saved"]
    assert found(alice, "Reworded meanwhile") == ["Reworded meanwhile"]
    assert jobs() == []


def test_a_change_committed_late_survives_a_rebuild(app, asleep, record, found, alice):
    """PostgreSQL numbers the jobs before it commits them: a smaller number may come later."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    record(alice, title="Old words")
    with db.engine.connect() as late:
        late.execute(update(Case).values(title="Reworded late"))
        late.execute(insert(IndexJob).values(ref="case:1", created_at=datetime.now(UTC)))
        with transaction():
            enqueue(["case:999"])
        indexer.rebuild(lambda done: late.commit())
    assert found(alice, "Reworded late") == ["Reworded late"]
    assert jobs() == []


def test_search_answers_while_a_rebuild_runs(app, record, found, alice):
    record(alice, title="撞单仲裁")
    seen = []
    indexer.rebuild(lambda done: seen.append(found(alice, "撞单")))
    assert seen
    assert all(titles == ["撞单仲裁"] for titles in seen)


def test_a_rebuild_that_fails_leaves_the_old_index_and_the_jobs(app, asleep, record, found, alice,
                                                                monkeypatch):
    record(alice, title="撞单仲裁")
    work(app)
    record(alice, title="Waits")

    def broken() -> Document:
        raise RuntimeError("a record cannot be described")

    monkeypatch.setattr(records, "everything", broken)
    with pytest.raises(RuntimeError, match="described"):
        indexer.rebuild()
    assert found(alice, "撞单") == ["撞单仲裁"]
    assert len(jobs()) == 1


def test_how_much_there_should_be(app, record, alice):
    before = indexer.total()
    record(alice)
    record(alice, draft=True)
    assert (indexer.total(), indexer.pending()) == (before + 2, 0)
    assert indexer.engine().status().documents == before + 2


# One bad record


@pytest.fixture
def bad(app, monkeypatch):
    """`bad(case)`: describing this case fails from now on."""
    refused = set()
    for source in installed():
        if source.prefix == "case":
            def documents(ids, describe=source.documents):
                if refused & set(ids):
                    raise ValueError("a text that nobody thought of")
                return describe(ids)

            monkeypatch.setitem(sources._sources, "case", replace(source, documents=documents))
    return lambda case: refused.add(case.id) or refused


def test_one_record_that_cannot_be_described_holds_up_no_other(app, asleep, bad, record, found,
                                                               alice, caplog):
    cases = [record(alice, title=f"撞单 {number}") for number in range(7)]
    bad(cases[3])
    assert work(app) == 6
    assert len(found(alice, "撞单")) == 6
    assert jobs() == [cases[3].search_ref]
    assert f"{cases[3].search_ref} cannot be indexed" in caplog.text


def test_it_is_tried_again_but_not_at_every_look(app, asleep, bad, record, found, alice,
                                                 monkeypatch, caplog):
    case = record(alice, title="撞单")
    refused = bad(case)
    work(app)
    refused.clear()
    assert work(app) == 0
    monkeypatch.setattr(indexer, "monotonic", lambda: monotonic() + indexer.TRY_AGAIN)
    assert work(app) == 1
    assert found(alice, "撞单") == ["撞单"]


def test_a_rebuild_leaves_out_what_cannot_be_described(app, bad, record, found, alice, caplog):
    cases = [record(alice, title=f"撞单 {number}") for number in range(5)]
    ref = cases[2].search_ref
    bad(cases[2])
    indexer.rebuild()
    assert len(found(alice, "撞单")) == 4
    assert comparing.compare().missing == {ref}


# Whoever waits for it


def test_who_saves_inline_waits_for_one_batch_at_most(app, record, alice, monkeypatch):
    monkeypatch.setattr(indexer, "BATCH", 2)
    with transaction():
        enqueue([f"case:{number}" for number in range(900, 907)])
    assert len(jobs()) == 5


def test_who_saves_inline_never_waits_for_a_long_rebuild(app, problem, spoil_index, monkeypatch,
                                                             caplog):
    monkeypatch.setattr(indexer, "BATCH", 2)
    spoil_index()
    with transaction():
        problem.title = "Saved all the same"
    assert jobs() == [problem.search_ref]
    assert "portal reindex" in caplog.text
    assert not indexer.engine().status().healthy


# Healing


def test_a_question_that_meets_damage_has_the_index_mended(problem, spoil_index, found, bob):
    title = problem.title
    spoil_index()
    # The first answer says that search is being repaired; the work is done right after it.
    assert found(bob, "reps claim") == []
    assert found(bob, "reps claim") == [title]


def test_damage_that_only_a_merge_meets_is_mended_at_once(app, record, found, alice, engine_kind):
    if engine_kind != "whoosh":
        pytest.skip("the server merges nothing")
    for number in range(TIER_SEGMENTS - 2):
        record(alice, title=f"撞单 {number}")
    newest = max(app.extensions["settings"].index.glob("index-*/*.seg"),
                 key=lambda path: path.stat().st_mtime_ns)
    content = bytearray(newest.read_bytes())
    content[len(content) // 2] ^= 1
    newest.write_bytes(content)
    for number in range(TIER_SEGMENTS):
        record(alice, title=f"撞单 之后 {number}")
    assert len(found(alice, "撞单", limit=50)) == 2 * TIER_SEGMENTS - 2
    assert indexer.engine().check().healthy
    assert jobs() == []


def test_a_question_that_fails_on_a_sound_index_costs_no_rebuild(app, problem, found, bob):
    built = indexer.engine().status().built
    indexer.suspect(IndexBroken("damaged: a defect of ours"))
    assert indexer.engine().status().built == built
    assert not indexer._mending.suspected


def test_a_rebuild_that_failed_is_not_tried_all_the_time(app, problem, spoil_index, monkeypatch):
    tries = []

    def refuse(*args: object) -> None:
        tries.append(1)
        raise IndexBusy("unwritable: the disk is full")

    monkeypatch.setattr(indexer, "_mending", indexer.Mending())
    spoil_index()
    monkeypatch.setattr(indexer.engine(), "rebuild", refuse)
    for _ in range(3):
        indexer.mend()
    assert len(tries) == 1


def test_what_the_index_lacks_or_holds_in_vain_is_asked_for(app, problem, found, bob):
    ref, title = problem.search_ref, problem.title
    indexer.engine().write([], [ref])
    stranger = Document(
        ref="case:999", title="Nobody wrote this", body="", access=bob.actor.tokens, facets={},
        names=(), created=datetime.now(UTC), updated=datetime.now(UTC))
    indexer.engine().write([stranger])
    different = comparing.compare()
    assert (different.missing, different.needless) == ({ref}, {"case:999"})
    comparing.reconcile()
    assert not comparing.compare().all
    assert found(bob, "reps claim") == [title]


def test_what_waits_already_is_no_difference(app, asleep, record, alice):
    record(alice)
    assert not comparing.compare(thorough=True).all


def test_the_thorough_comparison_sees_other_words_and_other_readers(app, problem, found, bob):
    ref = problem.search_ref
    assert not comparing.compare(thorough=True).all
    with transaction():
        db.session.execute(update(Case).values(audience="managers"))
    assert comparing.compare(thorough=True).changed == {ref}
    comparing.ask_for(comparing.compare(thorough=True))
    assert not comparing.compare(thorough=True).all


def test_a_passing_day_changes_no_fingerprint(app, problem, clock):
    clock.move(days=400)
    assert not comparing.compare(thorough=True).all
