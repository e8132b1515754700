"""Rules on plain values: what asks for a reason."""

import pytest

from portal.leads.rules import needs_reason


@pytest.mark.parametrize(("changes", "needs"), [
    ({}, False), ({"note": ["", "x"]}, False), ({"amount": [None, "1"]}, False),
    ({"competitors": [[], ["x"]]}, False), ({"title": ["a", "b"]}, True),
    ({"note": ["x", ""]}, True), ({"note": ["", "x"], "title": ["a", "b"]}, True),
    ({"amount": ["0.00", "1"]}, True),
])
def test_what_asks_for_a_reason(changes, needs):
    assert needs_reason(changes) is needs
