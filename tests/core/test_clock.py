"""The present, and the past while it is told again."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.core import clock as moments

THEN = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)


def test_while_the_past_is_told_that_is_the_present(app, clock):
    with moments.telling_of(THEN):
        assert moments.now() == THEN
        # In Shanghai the new year has begun.
        assert moments.today().isoformat() == "2026-01-01"
        with moments.telling_of(THEN + timedelta(days=1)):
            assert moments.now() == THEN + timedelta(days=1)
        assert moments.now() == THEN
    assert moments.now() == clock()


def test_afterwards_it_is_now_again_whatever_happened(app, clock):
    with pytest.raises(ValueError, match="stumbled"), moments.telling_of(THEN):
        raise ValueError("stumbled")
    assert moments.now() == clock()
