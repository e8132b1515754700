"""Recording between two customers: one tap, a photo, drafts that keep themselves."""

import re
import time
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from portal.cases.actions.attachments import path_of
from portal.cases.models import Attachment, Case
from portal.drafts.models import Draft
from portal.extensions import db

# Longer than any pause of typing on a busy machine.
SOON = 20_000


def a_photo(width=3000, height=2250):
    """A real JPEG, as a camera makes it: large, and with a place in it."""
    photo = Image.effect_noise((width, height), 60).convert("RGB")
    facts = Image.Exif()
    facts[0x010F] = "Camera"
    facts.get_ifd(0x8825)[1] = "N"
    file = BytesIO()
    photo.save(file, "JPEG", quality=70, exif=facts)
    return file.getvalue()


def is_saved(page, form="form[data-draft]"):
    page.locator(f'{form} [data-draft-state="x"], {form} [data-draft-state][data-state="saved"]'
                 ).first.wait_for(timeout=SOON)


def newest_case():
    db.session.rollback()
    return db.session.scalars(select(Case).order_by(Case.id.desc()).limit(1)).one()


def count(model):
    db.session.rollback()
    return len(db.session.scalars(select(model)).all())


def open_drafts():
    db.session.rollback()
    return db.session.scalars(select(Draft).where(Draft.ended_at.is_(None))).all()


def test_a_lesson_with_a_photo_takes_three_taps_on_a_phone(
    app, open_page, alice
):
    page = open_page(alice, phone=True, language="en")
    page.goto("/")
    taps, began = 0, time.monotonic()
    for step in (
        lambda: page.locator(".bottom-record summary").tap(),
        lambda: page.locator(".record-sheet a").first.tap(),
    ):
        step()
        taps += 1
    page.get_by_label("What did the visit teach you?").fill("Ask who signs before the demo")
    page.get_by_label("Text", exact=True).fill("The person who signs had never been in a meeting.")
    page.locator("[data-photo]").set_input_files(
        {"name": "whiteboard.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    page.locator("[data-photo-list] img").wait_for()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    page.get_by_role("button", name="Publish", exact=True).tap()
    taps += 1
    page.wait_for_url(re.compile(r"/cases/\d+"))
    page.get_by_text("Published. Thank you!").wait_for()
    print(f"{taps} taps, {time.monotonic() - began:.1f} s")
    assert taps == 3
    file = db.session.scalars(select(Attachment)).one()
    with Image.open(path_of(file.sha256, app.extensions["settings"].files)) as kept:
        assert max(kept.size) == 2000
        assert not kept.getexif()
    assert newest_case().kind == "lesson"
    assert open_drafts() == []


def test_a_draft_keeps_itself_and_is_found_again_after_the_tab_is_closed(open_page, alice):
    page = open_page(alice, language="en")
    page.goto("/cases/new/problem")
    page.get_by_label("Title").fill("The buyer wants everything by Friday")
    is_saved(page)
    assert re.search(r"Saved \d\d:\d\d", page.locator("[data-draft-state]").inner_text())
    page.get_by_label("Title").fill("The buyer wants everything by Friday noon")
    context = page.context
    page.close(run_before_unload=False)

    again = context.new_page()
    again.goto("/cases/new/problem")
    again.get_by_text("You began this").wait_for()
    again.goto("/")
    assert again.get_by_text("Your draft").count() == 1
    again.goto("/drafts")
    again.get_by_role("link", name=re.compile("^Continue")).first.click()
    again.locator("form[data-draft-ready]").wait_for(state="attached")
    again.wait_for_function("document.querySelector('#title').value.endsWith('noon')")
    again.get_by_label("Text", exact=True).fill("He has a board meeting. What do we leave out?")
    again.get_by_role("button", name="Publish", exact=True).click()
    again.wait_for_url(re.compile(r"/cases/\d+"))
    assert newest_case().title == "The buyer wants everything by Friday noon"
    again.goto("/drafts")
    again.get_by_text("No drafts").wait_for()
    assert again.locator("[data-on-device]").is_hidden()


def test_the_template_alone_is_no_draft_and_a_discarded_one_comes_back(open_page, alice):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    text = page.get_by_label("Text", exact=True)
    template = text.input_value()
    text.fill(f"{template}\n")
    page.wait_for_timeout(2500)
    assert open_drafts() == []
    text.fill(f"{template}\nHe never said no.")
    is_saved(page)
    assert len(open_drafts()) == 1
    page.goto("/drafts")
    page.get_by_role("button", name=re.compile("^Discard")).first.click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The draft is back.").wait_for()
    assert page.locator(".draft-list > li").count() == 1


def test_two_windows_on_one_draft_keep_both_texts(open_page, alice):
    page = open_page(alice, language="en")
    page.goto("/cases/new/lesson")
    page.get_by_label("What did the visit teach you?").fill("First words")
    is_saved(page)
    other = page.context.new_page()
    other.goto("/drafts")
    other.get_by_role("link", name=re.compile("^Continue")).first.click()
    other.locator("form[data-draft-ready]").wait_for(state="attached")
    other.get_by_label("What did the visit teach you?").fill("Words of the second window")
    is_saved(other)
    page.get_by_label("What did the visit teach you?").fill("Words of the first window")
    page.locator('[data-draft-state][data-state="beside"]').wait_for(timeout=SOON)
    assert {each.title for each in open_drafts()} == {
        "Words of the first window", "Words of the second window"}
    page.get_by_role("link", name="Compare").click()
    page.get_by_role("heading", name="Two texts of the same").wait_for()
    page.get_by_role("button", name="Go on with this one").first.click()
    page.wait_for_url(re.compile("/cases/new/lesson"))
    assert len(open_drafts()) == 1


def test_a_comment_is_kept_and_sent_once(open_page, record, alice, bob):
    case = record(alice)
    page = open_page(bob, language="en")
    page.goto(f"/cases/{case.id}")
    page.get_by_label("Your comment").fill("Half a thought")
    is_saved(page, "#remark")
    page.goto("/cases")
    page.goto(f"/cases/{case.id}")
    assert page.get_by_label("Your comment").input_value() == "Half a thought"
    page.locator("#remark[data-draft-ready]").wait_for(state="attached")
    page.get_by_label("Your comment").fill("A whole thought")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.locator(".comment", has_text="A whole thought").wait_for()
    assert page.locator(".comment").count() == 1
    assert page.get_by_label("Your comment").input_value() == ""
    assert open_drafts() == []


def test_without_scripts_pressing_twice_makes_one_case(open_page, alice):
    page = open_page(alice, language="en", javascript=False)
    page.goto("/")
    page.goto("/record")
    page.get_by_role("link", name=re.compile("^Visit lesson")).click()
    page.get_by_label("What did the visit teach you?").fill("Twice is once")
    page.get_by_label("Text", exact=True).fill("The hall had no reception.")
    fields = page.locator("form[data-draft]").evaluate(
        "form => [...new FormData(form)].filter(([, value]) => typeof value === 'string')")
    for _ in range(2):
        answer = page.request.post("/cases/new/lesson", form=dict(fields), headers={
            "Referer": page.url}, max_redirects=0)
        assert answer.status == 303
    page.get_by_role("button", name="Publish", exact=True).last.click()
    page.wait_for_url(re.compile(r"/cases/\d+"))
    assert count(Case) == 1


def test_the_pages_of_recording_are_accessible(open_page, axe, alice):
    page = open_page(alice, phone=True, language="en")
    page.goto("/cases/new/lesson")
    page.get_by_label("What did the visit teach you?").fill("Words")
    is_saved(page)
    assert axe(page) == []
    for path in ("/record", "/drafts", "/cases/new/alert", "/record/offline/en"):
        page.goto(path)
        assert axe(page) == [], path
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 360, path
