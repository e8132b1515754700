"""What the page of scoring sends, as settings."""

from collections.abc import Iterable, Mapping

from portal.leads.scoring.rules import DIMENSIONS, MOST_BANDS, Band, Settings

LARGEST = 9


def settings_typed(
    form: Mapping[str, str], industries: Iterable[str], regions: Iterable[str]
) -> Settings:
    """The settings; a number that is none counts as one that cannot hold."""
    bands = (
        Band(_number(form.get(f"size-{place}", "")), _number(form.get(f"size-{place}-fit", "")))
        for place in range(MOST_BANDS) if form.get(f"size-{place}", "").strip()
    )
    return Settings(
        weights={name: _number(form.get(f"weight-{name}", "")) for name in DIMENSIONS},
        industry={code: _number(form.get(f"industry-{code}", "")) for code in industries},
        region={code: _number(form.get(f"region-{code}", "")) for code in regions},
        sizes=tuple(sorted(bands, key=lambda band: band.employees)),
    )


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < LARGEST else -1
