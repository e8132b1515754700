"""What must not stand anywhere in the repository."""

import re
import tomllib

import pytest

from portal.config import ROOT
from tests.architecture.source_files import name_of, written_files

BINARY = {".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2", ".docx", ".xlsx", ".pdf", ".mo",
          ".zip", ".gz"}
TEXTS = [path for path in written_files() if path.suffix not in BINARY]
# Put together here, so that this file names none either.
REGISTRIES = tuple(
    "".join(parts) for parts in (
        ("py", "pi", ".org"), ("python", "hosted", ".org"), ("registry", ".np", "mjs"),
        ("npm", "mirror", ".com"), ("py", "pi.", "tuna"), ("mirrors", ".ali", "yun"),
        ("file:", "///", "opt"),
    )
)
UNFINISHED = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"))


def places_of(pattern):
    wanted = re.compile(pattern)
    return [
        f"{name_of(path)}:{number}" for path in TEXTS
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if wanted.search(line)
    ]


def test_no_package_registry_is_named():
    assert places_of("|".join(re.escape(host) for host in REGISTRIES)) == []


def test_nothing_is_left_to_do():
    assert places_of(rf"\b({UNFINISHED})\b") == []


def test_no_conflict_marks_and_no_trailing_space():
    assert places_of(r"^(<{7}|>{7}) ") == []
    kept = (".md", ".po", ".txt")
    assert [place for place in places_of(r"[ \t]+$")
            if not place.split(":")[0].endswith(kept)] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_locked_with_hashes(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = list(project["dependencies"])
    if "dev" in lock:
        wanted += project["optional-dependencies"]["dev"]
    text = (ROOT / lock).read_text("utf-8")
    locked = {normal(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    missing = {normal(re.match(r"[\w.-]+", name)[0]) for name in wanted} - locked
    assert missing == set(), "run `make lock`"
    assert len(re.findall(r"^[\w.-]+==.*\\$", text, re.MULTILINE)) == len(locked)


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()
