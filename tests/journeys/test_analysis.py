"""The analysis of wins and losses in a real browser: drawn, clicked, printed, by day and night."""

import pytest

from portal.cases.content import RetrospectiveContent

DRAWN = "() => [...document.querySelectorAll('[data-chart] canvas')].length"
# Whether a drawing has anything in it but one colour.
COLORS = """
(canvas) => new Set(new Uint32Array(
  canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size
"""
# The middle of the first row of red pixels that is long enough to be a bar, in CSS pixels.
FIRST_RED_BAR = """
(canvas) => {
  const { data, width, height } = canvas.getContext("2d")
    .getImageData(0, 0, canvas.width, canvas.height);
  const red = (at) => data[at] > 130 && data[at + 1] < 60 && data[at + 2] < 60;
  for (let y = Math.floor(height * 0.18); y < height; y += 2) {
    const found = [];
    for (let x = 0; x < width; x += 1) if (red((y * width + x) * 4)) found.push(x);
    const scale = canvas.clientWidth / width;
    if (found.length > 60) return [found[found.length >> 1] * scale, (y + 6) * scale];
  }
  return null;
}
"""


@pytest.fixture
def deals(record, alice):
    for number in range(14):
        record(alice, kind="loss" if number % 3 else "win", title=f"复盘 {number}", product="erp",
               industry="retail", retrospective=RetrospectiveContent(
                   main_reason="price" if number % 2 else "timing", competitors=("金蝶", "SAP"),
                   cycle_days=30 + number, stage_reached="negotiation"))


def test_a_click_on_a_bar_opens_its_cases(open_page, mei, deals):
    page = open_page(mei, language="en")
    page.goto("/analysis")
    page.wait_for_selector("#reasons_loss canvas")
    assert page.evaluate(DRAWN) >= 8
    canvas = page.locator("#reasons_loss canvas").first
    assert canvas.evaluate(COLORS) > 5
    said = page.locator("#reasons_loss tbody tr").first.locator("td").first.inner_text()
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    x, y = canvas.evaluate(FIRST_RED_BAR)
    page.mouse.click(box["x"] + x, box["y"] + y)
    page.wait_for_url("**/analysis/cases?*")
    assert f"{said} cases" in page.inner_text("#cases")


def test_filters_draw_anew_without_loading_the_page(open_page, mei, deals):
    page = open_page(mei)
    page.goto("/analysis")
    page.wait_for_selector("#trend canvas")
    page.select_option("select[name=outcome]", "win")
    page.wait_for_selector("#reasons_loss", state="detached")
    page.wait_for_selector("#reasons_win canvas")
    assert "outcome=win" in page.url


def test_at_night_and_on_a_phone(open_page, mei, deals, axe):
    page = open_page(mei, phone=True, color_scheme="dark")
    page.goto("/analysis")
    page.wait_for_selector("#trend canvas")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    assert axe(page) == []


def test_on_paper_charts_are_drawn_light_and_the_numbers_stay(open_page, mei, deals):
    page = open_page(mei, color_scheme="dark")
    page.goto("/analysis")
    page.wait_for_selector("#trend canvas")
    page.emulate_media(media="print")
    page.wait_for_selector("#trend [data-chart-paper] canvas")
    corner = page.locator("#trend [data-chart-paper] canvas").evaluate(
        "(canvas) => [...canvas.getContext('2d').getImageData(1, 1, 1, 1).data]")
    assert corner == [255, 255, 255, 255]
    assert page.locator("#reasons_loss table").is_visible()
    assert not page.locator(".filters-box").is_visible()


def test_a_picture_can_be_kept(open_page, mei, deals):
    page = open_page(mei)
    page.goto("/analysis")
    page.wait_for_selector("#trend canvas")
    with page.expect_download() as download:
        page.click("#trend [data-chart-png]")
    assert download.value.suggested_filename.endswith(".png")


def test_without_scripts_the_numbers_stand_there(open_page, mei, deals):
    page = open_page(mei, javascript=False)
    page.goto("/analysis")
    assert page.locator("#reasons_loss table a").count() > 0
    assert page.locator("#trend summary").is_visible()
