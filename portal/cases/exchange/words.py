"""The words of an import: why a file cannot be read, and the vocabularies in both languages."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.cases import words
from portal.cases.exchange.front_matter import FrontMatterError
from portal.cases.exchange.reader import Codes
from portal.cases.rules import CONFIDENCES
from portal.core.i18n import LANGUAGES, force_locale
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded

# How people name a kind in the tables they keep.
SHORT_KINDS = {
    "win": ("赢单",), "loss": ("丢单", "输单"), "lesson": ("心得", "经验"),
    "playbook": ("话术", "模板"), "intel": ("情报",),
}
KINDS: Mapping[str, Iterable[Any]] = {
    **{code: (word, *SHORT_KINDS.get(code, ())) for code, (word, _) in words.KINDS.items()},
    "solution": (_l("Solution"),), "comment": (_l("Comment"),),
}
VOCABULARIES: Mapping[str, Mapping[str, Iterable[Any]]] = {
    "kind": KINDS,
    "audience": {code: (word,) for code, word in words.AUDIENCES.items()},
    "source": {code: (word,) for code, word in words.SOURCES.items()},
    "confidence": {code: (words.TRUST[code],) for code in CONFIDENCES},
    "amount_band": {code: (word,) for code, word in words.AMOUNT_BANDS.items()},
    "role": {code: (word,) for code, word in words.DECISION_ROLES.items()},
}


def codes() -> Codes:
    """Vocabulary → code or label in either language, folded → code."""
    found: dict[str, dict[str, str]] = {}
    for name, entries in VOCABULARIES.items():
        found[name] = {folded(code): code for code in entries}
        for language in LANGUAGES:
            with force_locale(language):
                for code, labels in entries.items():
                    for label in labels:
                        found[name].setdefault(folded(str(label)), code)
    return found


def reason(error: FrontMatterError) -> Any:
    """Why front matter cannot be read, and what to do."""
    detail = error.detail
    return {
        "not_closed": _l("The front matter has no end: a line with only --- is missing."),
        "colon": _l("A value that holds a colon must stand in quotes: title: \"a: b\"."),
        "unprintable": _l("This line holds a sign that cannot be printed; delete it."),
        "alias": _l("References (&name, *name) are not taken; write the value out."),
        "tag": _l("Type marks such as %(detail)s are not taken.", detail=detail),
        "too_deep": _l("The front matter holds too many values, or too many within each other."),
        "twice": _l("“%(detail)s” stands here twice.", detail=detail),
        "no_keys": _l("The front matter is no list of “key: value” lines."),
    }.get(error.code, _l("The front matter is not valid YAML: %(detail)s.", detail=detail))
