"""The words for states of groups, and for what is wrong with phrases."""

from typing import Any

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.search.vocabulary.phrases import LONGEST, MOST, Problem

STATE_WORDS: dict[str, Any] = {
    "": _l("In force"), "own": _l("Your own"), "edited": _l("Edited"),
    "shipped": _l("As shipped"), "removed": _l("Removed"),
}
STATE_TONES = {"own": "blue", "edited": "amber", "shipped": "grey", "removed": "red"}


def problem_words(problem: Problem) -> str:
    """Why these phrases cannot be used, and what would do."""
    value = problem.value
    explained = {
        "few": _("A group needs at least two phrases that are written differently."),
        "many": _("%(value)s phrases are too many; a group has at most %(most)s.",
                  value=value, most=MOST),
        "long": _("“%(value)s…” is too long: a phrase has at most %(most)s characters.",
                  value=value[:LONGEST], most=LONGEST),
        "short": _("“%(value)s” is one character: it stands inside too many other words.",
                   value=value),
        "no_word": _("“%(value)s” cannot be searched for: it holds no word, or begins with #.",
                     value=value),
        "double": _("Line %(value)s has the same phrases.", value=value),
    }
    return explained[problem.code]
