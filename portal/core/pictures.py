"""Pictures in texts: small enough for a page, with their size, each leading to the whole one."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from flask import g

Size = tuple[int, int]
# The sizes of these pictures as far as small ones are there and the reader may see them.
SizesOf = Callable[[Collection[int]], Mapping[int, Size]]
# As the sanitiser writes it; a picture inside a link keeps that link.
PICTURE = re.compile(r'(<a [^>]*>\s*)?<img ([^>]*)src="/attachments/([0-9]{1,9})"([^>]*)>')
_sizes_of: SizesOf = lambda ids: {}  # noqa: E731
WIDEST = 1280


def install(sizes_of: SizesOf) -> None:
    """Who knows the sizes."""
    global _sizes_of
    _sizes_of = sizes_of


def with_sizes(html: str) -> str:
    """The same text; a picture of unknown size is left as it is."""
    if "/attachments/" not in html or not g:
        return html
    sizes = meet([html])
    return PICTURE.sub(lambda found: _sized(found, sizes), html)


def meet(pages: Iterable[str]) -> Mapping[int, Size | None]:
    """Look up what these pages show, in one statement unless all of it is known; everything that
    is known in this request."""
    known: dict[int, Size | None] = g.setdefault("picture_sizes", {})
    ids = {int(found[3]) for html in pages for found in PICTURE.finditer(html)} - known.keys()
    if ids:
        known.update(dict.fromkeys(ids))
        known.update(_sizes_of(ids))
    return known


def _sized(found: re.Match[str], sizes: Mapping[int, Size | None]) -> str:
    link, before, number, after = found.groups()
    size = sizes.get(int(number))
    if size is None:
        return found[0]
    width, height = _fitted(*size)
    picture = (f'<img {before}src="/attachments/{number}/thumb?size=page"{after} '
               f'width="{width}" height="{height}" loading="lazy">')
    return f"{link}{picture}" if link else f'<a href="/attachments/{number}">{picture}</a>'


def _fitted(width: int, height: int) -> Size:
    """The size of the small one; none is made larger than it is."""
    share = min(1.0, WIDEST / max(width, height, 1))
    return max(1, round(width * share)), max(1, round(height * share))
