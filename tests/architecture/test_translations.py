"""Both languages are complete: every word in code and templates has its Chinese."""

import ast
import re
import subprocess
import sys
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from portal.config import ROOT

CATALOGUE = ROOT / "portal" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
WORDING = {"_", "_l", "gettext", "lazy_gettext", "ngettext"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="session")
def words_in_use(tmp_path_factory):
    """What `make translations` would collect now."""
    collected = tmp_path_factory.mktemp("words") / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg",
         "-k", "_l", "-k", "lazy_gettext", "-o", str(collected), "."],
        cwd=ROOT, check=True, timeout=60,
    )
    with collected.open("rb") as file:
        return ids(read_po(file))


@cache
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh")


def ids(words: Catalog):
    return {message.id for message in words if message.id}


def sentences(message: Message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def translations(message: Message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def placeholders(text):
    return set(PLACEHOLDER.findall(text))


def test_no_word_hides_inside_an_f_string():
    """`make translations` does not see it there, and nobody would translate it."""
    calls = [
        f"{path.relative_to(ROOT)}:{string.lineno} {ast.unparse(call)}"
        for path in sorted((ROOT / "portal").rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in WORDING
    ]
    assert calls == []


def test_every_word_in_use_is_in_the_catalogue(words_in_use):
    assert words_in_use - ids(catalogue()) == set(), "run `make translations`"


def test_the_catalogue_holds_no_word_that_nobody_uses(words_in_use):
    assert ids(catalogue()) - words_in_use == set(), "run `make translations`"


def test_every_word_is_translated():
    missing = [m.id for m in catalogue() if m.id and not all(translations(m))]
    assert missing == []


def test_no_translation_is_a_guess():
    assert [message.id for message in catalogue() if message.id and message.fuzzy] == []


def test_translations_keep_the_placeholders():
    wrong = [
        message.id for message in catalogue() if message.id for text in translations(message)
        if text and placeholders(text) != placeholders(sentences(message)[-1])
    ]
    assert wrong == []


def test_translations_are_chinese():
    """Words without a Han sign must be the same in both languages on purpose."""
    same = [
        message.id for message in catalogue() if message.id and isinstance(message.id, str)
        and re.search("[a-z]{3}", PLACEHOLDER.sub("", message.id))
        and message.string and not re.search("[\u4e00-\u9fff]", message.string)
    ]
    assert set(same) <= {"Markdown", "Excel"}
