"""How far a sheet reaches, whatever way its file is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.transfer.extents import column_name, extent


@pytest.mark.parametrize(("xml", "reaches"), [
    (b"", (0, 0)),
    (b'<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="s"><v>0</v></c></row>', (1, 3)),
    # Formatted, but empty.
    (b'<row r="9"><c r="XFD9" s="1"/></row>', (0, 0)),
    (b"<x:row r='7'><x:c r = 'xfd7'><x:v>1</x:v></x:c></x:row>", (7, 16384)),
    (b'<row r="1000000"><c><v>1</v></c><c><v>2</v></c></row>', (1000000, 2)),
    (b'<row><c><v>1</v></c></row><row><c t="a>b" r="B5"><v>1</v></c></row>', (5, 2)),
    (b'<col min="1"/><cols/><rowBreaks r="9"/>', (0, 0)),
])
def test_what_has_something_in_it_counts(xml, reaches):
    assert extent(xml) == reaches


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_any_place_is_found(row, column):
    place = f"{column_name(column)}{row}".encode()
    assert extent(b'<row><c r="' + place + b'"><v>1</v></c></row>') == (row, column)
