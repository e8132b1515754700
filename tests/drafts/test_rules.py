"""Versions of drafts: whatever order windows save in, no text is lost and no number goes back."""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.drafts import rules

TEXTS = st.text(max_size=20)
FIELDS = st.dictionaries(st.sampled_from(["title", "body", "tags"]), st.lists(TEXTS, max_size=2))


@given(FIELDS)
def test_line_ends_and_empty_fields_make_no_difference(fields):
    pairs = [(name, value) for name, values in fields.items() for value in values]
    sent = rules.typed_fields([(name, value.replace("\n", "\r\n")) for name, value in pairs
                               if "\r" not in value])
    read = rules.typed_fields([(name, value) for name, value in pairs if "\r" not in value])
    assert rules.digest_of(sent) == rules.digest_of(read)
    assert rules.digest_of({**read, "more": [""]}) == rules.digest_of(read)


@given(FIELDS, FIELDS)
def test_different_words_have_different_digests(one, other):
    filled = [{name: values for name, values in each.items() if any(values)}
              for each in (one, other)]
    assert (rules.digest_of(one) == rules.digest_of(other)) == (filled[0] == filled[1])


def test_what_a_form_carries_along_is_not_what_somebody_typed():
    pairs = [("csrf_token", "x"), ("draft_key", "x"), ("as", "draft"), ("title", "a"),
             ("roles", "1"), ("roles", "2"), ("body", "b\x00c\r\nd")]
    assert rules.typed_fields(pairs) == {
        "title": ["a"], "roles": ["1", "2"], "body": ["bc\nd"]}


@pytest.mark.parametrize(("fields", "title"), [
    ({"title": ["  A title "]}, "A title"), ({"body": ["\n\n## Heading\ntext"]}, "Heading"),
    ({"title": [""], "body": ["- point"]}, "point"), ({}, ""), ({"title": ["x" * 900]}, "x" * 200),
])
def test_a_draft_is_called_by_its_title_or_first_line(fields, title):
    assert rules.title_of(fields) == title


@pytest.mark.parametrize("text", ["", "short", "a" * 65, "key with space", "键键键键键键键键",
                                  "../../etc/passwd", "abcdefgh\n"])
def test_strange_keys_are_no_keys(text):
    assert not rules.is_key(text)


