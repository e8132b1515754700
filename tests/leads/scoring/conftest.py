"""A lead of alice's with a manufacturer."""

import pytest


@pytest.fixture
def lead(make_lead, alice):
    return make_lead(alice, industry="manufacturing", region="east", employees=300)
