"""Static files travel compressed: the first visit fetches all of them."""

import pytest

# What a page loads; `npm run build` says the same.
FIRST_VISIT = ("app.css", "app.js", "theme.js", "icons.svg")
FIRST_LOAD = 250 * 1024


def fetched(app, name: str, encoding: str) -> tuple[str | None, int]:
    """How the file was sent, and its size on the way."""
    # Read to the end, which closes the file.
    answer = app.test_client().get(
        f"/static/vendor/{name}", headers={"Accept-Encoding": encoding}, buffered=True
    )
    assert answer.status_code == 200
    return answer.headers.get("Content-Encoding"), len(answer.data)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_the_first_visit_is_small(app, encoding):
    sent = [fetched(app, name, encoding) for name in FIRST_VISIT]
    assert {how for how, _size in sent} == {encoding}
    assert sum(size for _how, size in sent) <= FIRST_LOAD / 2


def test_a_page_with_charts_stays_small(app):
    assert sum(fetched(app, name, "br")[1] for name in (*FIRST_VISIT, "charts.js")) <= FIRST_LOAD


def test_a_browser_without_compression_gets_the_file_itself(app):
    assert fetched(app, "app.css", "identity")[0] is None
