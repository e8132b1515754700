"""Whether a text names somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.naming import named_in


@pytest.mark.parametrize(("text", "names", "found"), [
    ("恒通机电说太贵", ["恒通机电"], ["恒通机电"]),
    ("恆通機電說太貴", ["恒通机电"], ["恒通机电"]),
    ("ＡＢＢ 说太贵", ["ABB"], ["ABB"]),
    ("the linked list", ["Li", "Link"], []),
    ("Mr. Li said", ["Li"], ["Li"]),
    ("王总说太贵", ["王"], []),
    ("苏州恒通机电有限公司", ["苏州恒通机电有限公司", "恒通机电"], ["苏州恒通机电有限公司"]),
    ("客户说太贵", ["恒通机电", ""], []),
])
def test_names_in_a_text(text, names, found):
    assert named_in(text, names) == found


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=5))
def test_only_names_that_were_given(text, names):
    assert set(named_in(text, names)) <= set(names)
