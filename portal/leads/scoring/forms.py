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
        industry=_fits(form, "industry", industries), region=_fits(form, "region", regions),
        sizes=tuple(sorted(bands, key=lambda band: band.employees)),
    )


def _fits(form: Mapping[str, str], name: str, codes: Iterable[str]) -> dict[str, int]:
    """How well each fits; one that was added to the list since is left as it is: fairly."""
    return {code: _number(form[f"{name}-{code}"]) for code in codes if f"{name}-{code}" in form}


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < LARGEST else -1
