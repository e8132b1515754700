"""Refs, names of files, and links between texts and files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.exchange import links
from portal.cases.exchange.attached import inside, names_in_folder
from portal.cases.exchange.refs import SAFE, ref_of

names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@pytest.mark.parametrize("ref", ["zh-zhuangdan", "c-20260601-ab12cd", "a.b_c", "7"])
def test_a_proper_ref_stays_as_it_is(ref: str) -> None:
    assert ref_of(ref) == ref


@given(st.text(max_size=400))
def test_every_ref_is_safe_as_the_name_of_a_file(written: str) -> None:
    ref = ref_of(written)
    assert ref == "" or (SAFE.fullmatch(ref) and len(ref) <= 120)
    assert ref_of(ref) == ref


def test_names_that_lose_signs_stay_different() -> None:
    refs = {ref_of(name) for name in ("撞单", "丢单", "案例/撞单", "a" * 200, "a" * 201)}
    assert len(refs) == 5


@given(st.lists(names, max_size=6))
def test_names_in_a_folder_are_different_and_safe(given_names: list[str]) -> None:
    found = names_in_folder(given_names)
    assert len({name.casefold() for name in found}) == len(given_names)
    assert not any("/" in name or "\\" in name or name in ("", ".", "..") for name in found)


@given(names)
def test_a_link_to_a_file_comes_back(name: str) -> None:
    path = f"../attachments/ref/{names_in_folder([name])[0]}"
    text = ('![图](/attachments/7) [a](/attachments/7 "t") [b](</attachments/7>) '
            '<img src="/attachments/7">\n[c]: /attachments/7\n/attachments/7 (/attachments/77)')
    moved = links.to_paths(text, {7: path}.get)
    assert moved.count("/attachments/7") == 2
    assert links.to_addresses(moved, {path: 7}.get) == text


def test_links_to_anything_else_stay() -> None:
    text = "[a](https://example.com/attachments/7) [b](/attachments/8) `](/attachments/7x`"
    assert links.to_paths(text, {7: "x"}.get) == text
    assert links.to_addresses(text, {}.get) == text


@pytest.mark.parametrize("place", ["/etc/passwd", "../../x", "..", "C:/x", "\\\\host\\x", ""])
def test_a_file_outside_of_the_folder_is_nowhere(place: str) -> None:
    assert inside(place, "cases/a.md") is None


def test_a_file_beside_the_page() -> None:
    assert inside("../attachments/a/b.png", "cases/a.md") == "attachments/a/b.png"
    assert inside("b.png", "a.md") == "b.png"
