"""Importing a folder: what goes in, what stays out and why, and importing again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.cases.actions.attachments import path_of
from portal.cases.models import Attachment, Case, Comment, Revision, Solution
from portal.core.audit import AuditEntry, broken_links
from portal.extensions import db
from portal.lists.models import Term
from portal.search.indexer import engine
from portal.search.models import IndexJob
from tests.cases.exchange.conftest import Importer, Shelf
from tests.characters import PEOPLE, Character
from tests.conftest import Recorder

PNG = (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
       b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00"
       b"\x00IEND\xaeB`\x82")
WIN = ("---\nref: w1\nkind: win\ntitle: 赢了\ntags: [价格, 撞单]\nindustry: 制造业\n"
       "region: 月球\nauthor: alice\ncreated: 2026-01-15\nmain_reason: price\n"
       "contributing_reasons: [关系好]\nprice_gap: -3.5\n---\n正文\n")
PROBLEM = "---\nref: p1\nkind: problem\ntitle: 怎么办\nauthor: 案例库编辑部\n---\n撞单了\n"
SOLUTION = "---\nref: a-s1\nkind: solution\nof: p1\naccepted: true\nauthor: 张博\n---\n先登记\n"
COMMENT = "---\nref: a-c1\nkind: comment\nof: p1\n---\n有用\n"


def case(ref: str) -> Case:
    db.session.expire_all()
    return db.session.scalars(select(Case).where(Case.ref == ref)).one()


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def full(shelf: Shelf) -> Shelf:
    # The solution comes before its problem in the order of files.
    for name, text in (("a/s.md", SOLUTION), ("a/c.md", COMMENT), ("b/p.md", PROBLEM),
                       ("w.md", WIN)):
        shelf.put(name, text)
    return shelf


def test_a_folder_goes_in(full: Shelf, take_in: Importer, alice: Character, bob: Character,
                          admin: Character) -> None:
    report = take_in(full.root)
    assert (report.new, report.changed, report.unchanged, report.problems) == (4, 0, 0, [])
    assert set(report.terms) == {("region", "月球"), ("reason", "关系好")}
    win, problem = case("w1"), case("p1")
    assert (win.owner_id, win.byline, win.team_id) == (alice.id, None, alice.team_id)
    assert (win.industry, win.region, win.language) == ("manufacturing", "月球", "zh")
    assert win.created_at == win.updated_at == datetime(2026, 1, 14, 16, tzinfo=UTC)
    assert win.confidence == "not_validated"
    assert (problem.owner_id, problem.author_name) == (admin.id, "案例库编辑部")
    assert problem.accepted is not None
    assert (problem.accepted.author_id, problem.state) == (bob.id, "solved")
    assert (problem.solutions_count, problem.comments_count) == (1, 1)
    notes = db.session.scalars(select(Revision.note)).all()
    assert notes == ["Imported"] * 4
    assert count(IndexJob) == 0
    assert engine().status().documents == 2 + len(PEOPLE)


def test_importing_again_changes_nothing(full: Shelf, take_in: Importer) -> None:
    take_in(full.root)
    before = [count(model) for model in (Revision, AuditEntry, Term, IndexJob)]
    updated = case("p1").updated_at
    report = take_in(full.root)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 4)
    assert [count(model) for model in (Revision, AuditEntry, Term, IndexJob)] == before
    assert case("p1").updated_at == updated
    assert list(broken_links()) == []


def test_a_changed_file_is_a_new_revision(full: Shelf, take_in: Importer) -> None:
    take_in(full.root)
    full.put("w.md", WIN.replace("正文", "新的正文").replace("制造业", "金融"))
    full.put("a/s.md", SOLUTION.replace("先登记", "先问清楚"))
    report = take_in(full.root)
    assert (report.new, report.changed, report.unchanged) == (0, 2, 2)
    win = case("w1")
    assert (win.revision, win.body, win.industry) == (2, "新的正文", "finance")
    parts = db.session.scalars(select(Revision.part).where(Revision.number == 2)).all()
    assert sorted(part.split(":")[0] for part in parts) == ["case", "solution"]


def test_the_owner_stays_unless_the_author_changed(
    full: Shelf, take_in: Importer, admin: Character, bob: Character, carol: Character
) -> None:
    take_in(full.root, admin)
    take_in(full.root, carol)
    assert case("p1").owner_id == admin.id
    full.put("b/p.md", PROBLEM.replace("案例库编辑部", "张博 <bob>"))
    report = take_in(full.root, carol)
    assert report.changed == 1
    assert (case("p1").owner_id, case("p1").byline) == (bob.id, None)
    full.put("b/p.md", PROBLEM.replace("案例库编辑部", "李四 <lisi>"))
    take_in(full.root, carol)
    assert (case("p1").owner_id, case("p1").author_name) == (bob.id, "李四")


FAULTY: dict[str, tuple[str | bytes, str]] = {
    "colon.md": ("---\ntitle: a: b\n---\n", "colon.md:2"),
    "long.md": (f"---\nkind: lesson\ntitle: {'x' * 1_000_000}\n---\n", "long.md:3"),
    "body.md": ("---\ntitle: a\n---\n" + "x" * 100_001, "body.md: "),
    "tags.md": ("---\ntitle: a\ntags: " + ",".join(map(str, range(13))) + "\n---\n", "tags.md:3"),
    "date.md": ("---\ntitle: a\ncreated: soon\n---\n", "date.md:3"),
    "kind.md": ("---\nkind: poem\n---\nx", "kind.md:2"),
    "industry.md": ("---\ntitle: a\nindustry: " + "x" * 65 + "\n---\n", "industry.md:3"),
    "binary.md": (b"\x00\x01\x02" * 400, "binary.md: "),
    "empty.md": ("", "empty.md: "),
    "bomb.md": ("---\na: &a [x]\nb: [*a, *a]\n---\n", "bomb.md:3"),
    "deep.md": ("---\na: " + "[" * 9000 + "\n---\n", "deep.md:2"),
    "old.doc": (b"\xd0\xcf\x11\xe0", "old.doc: "),
    "not-word.docx": (b"PK\x03\x04 no", "not-word.docx: "),
    "zz-twice.md": ("---\nref: w1\ntitle: a\n---\n", "zz-twice.md:2"),
    "orphan.md": ("---\nkind: solution\nof: nowhere\n---\nx", "orphan.md:3"),
    "on-win.md": ("---\nkind: solution\nof: w1\n---\nx", "on-win.md:3"),
    "big.md": (b"x" * (5 * 1024 * 1024), "big.md: "),
}


def test_what_cannot_go_in_is_listed_and_the_rest_goes_in(
    full: Shelf, take_in: Importer, tmp_path: Path
) -> None:
    for name, (content, _) in FAULTY.items():
        full.put(name, content)
    full.put("picture.png", PNG)
    full.put(".hidden/x.md", "secret")
    (tmp_path / "outside.md").write_text("# Outside\n")
    (full.root / "link.md").symlink_to(tmp_path / "outside.md")
    (full.root / "up").symlink_to(tmp_path)
    report = take_in(full.root)
    assert report.new == 4
    assert report.others == 1
    places = [str(problem) for problem in report.problems]
    for _, place in FAULTY.values():
        assert any(told.startswith(place) for told in places), place
    assert {"link.md", "up"} <= {problem.file for problem in report.problems}
    assert len(places) == len(FAULTY) + 2
    assert count(Case) == 2


def test_a_record_that_the_database_refuses_does_not_take_others_with_it(
    full: Shelf, take_in: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.cases.exchange import saving_cases

    real = saving_cases.write_content

    def refuses_one(case: Case, *args: object) -> None:
        real(case, *args)  # type: ignore[arg-type]
        if case.ref == "p1":
            case.title = None  # type: ignore[assignment]

    monkeypatch.setattr(saving_cases, "write_content", refuses_one)
    report = take_in(full.root)
    assert [problem.file for problem in report.problems] == ["a/c.md", "a/s.md", "b/p.md"]
    assert (report.new, count(Case), case("w1").region) == (1, 1, "月球")


def test_the_private_side_for_a_team_that_is_not_here(
    shelf: Shelf, take_in: Importer, admin: Character
) -> None:
    text = "---\nref: t1\ntitle: a\naudience: team\nteam: West\n---\nx"
    shelf.put("t.md", text)
    report = take_in(shelf.root)
    assert len(report.notes) == 1
    assert case("t1").access_tokens == {f"user:{admin.id}"}
    shelf.put("t.md", text.replace("West", "south"))
    assert take_in(shelf.root).changed == 1
    assert case("t1").team is not None
    assert case("t1").extra == {}


def test_a_draft_is_published_but_never_again_a_draft(shelf: Shelf, take_in: Importer) -> None:
    text = "---\nref: d1\ntitle: a\nconfidence: draft\n---\nx"
    shelf.put("d.md", text)
    take_in(shelf.root)
    assert case("d1").confidence == "draft"
    shelf.put("d.md", text.replace("draft", "validated"))
    take_in(shelf.root)
    shelf.put("d.md", text)
    report = take_in(shelf.root)
    assert (case("d1").confidence, len(report.notes)) == ("validated", 1)


def test_tags_are_one_whatever_their_spelling(shelf: Shelf, take_in: Importer) -> None:
    shelf.put("a.md", "---\nref: a\ntitle: a\ntags: [ERP, 价格]\n---\n")
    shelf.put("b.md", "---\nref: b\ntitle: b\ntags: [erp, ＥＲＰ]\n---\n")
    take_in(shelf.root)
    assert [tag.label_zh for tag in case("b").tags] == ["ERP"]
    assert take_in(shelf.root).unchanged == 2


def test_files_beside_a_case_are_attached_once(
    shelf: Shelf, take_in: Importer, app: Flask
) -> None:
    shelf.put("pics/图 1.png", PNG)
    shelf.put("evil.html", "<script>")
    (shelf.root.parent / "outside.png").write_bytes(PNG)
    shelf.put("a.md", "---\nref: a\ntitle: a\nattachments: [pics/图 1.png, evil.html, no.png,\n"
                      "  ../outside.png, /etc/passwd]\n---\n"
                      "![图](pics/%E5%9B%BE%201.png) [x](evil.html)\n")
    report = take_in(shelf.root)
    file = db.session.scalars(select(Attachment)).one()
    assert case("a").body == f"![图](/attachments/{file.id}) [x](evil.html)"
    assert (file.name, file.media_type) == ("图 1.png", "image/png")
    assert [problem.line for problem in report.problems] == [4, 4, 4, 4]
    store = app.extensions["settings"].files
    assert path_of(file.sha256, store).read_bytes() == PNG
    report = take_in(shelf.root)
    assert (report.changed, report.unchanged, count(Attachment)) == (0, 1, 1)


def test_a_case_of_the_portal_is_updated_by_its_ref(
    shelf: Shelf, take_in: Importer, record: Recorder, alice: Character
) -> None:
    own = record(alice, title="Old")
    ref, case_id = own.ref, own.id
    shelf.put("a.md", f"---\nref: {ref}\nkind: problem\ntitle: New\n---\n")
    assert take_in(shelf.root).changed == 1
    changed = case(ref)
    assert (changed.id, changed.title, changed.owner_id) == (case_id, "New", alice.id)


def test_every_encoding_and_windows_line_ends(shelf: Shelf, take_in: Importer) -> None:
    for encoding in ("utf-8-sig", "gb18030", "utf-16", "utf-16-le"):
        text = f"---\r\nref: {encoding}\r\ntitle: 标题\r\n---\r\n正文\r\n第二行\r\n"
        shelf.put(f"{encoding}.md", text.encode(encoding))
    assert take_in(shelf.root).new == 4
    for row in db.session.scalars(select(Case)):
        assert (row.title, row.body) == ("标题", "正文\n第二行")


def test_texts_of_unknown_people_keep_their_byline(full: Shelf, take_in: Importer) -> None:
    full.put("a/s.md", SOLUTION.replace("张博", "外部专家"))
    take_in(full.root)
    solution = db.session.scalars(select(Solution)).one()
    assert solution.author_name == "外部专家"
    assert db.session.scalars(select(Comment)).one().byline is None
