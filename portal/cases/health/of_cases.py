"""The measures of the case library itself."""

from collections.abc import Sequence

from flask import url_for

from portal.cases import words
from portal.cases.health import counting
from portal.cases.health.measures import Cell, Measure, number, share, word
from portal.cases.health.slices import AGES, Scope, months
from portal.core import access, clock
from portal.core.i18n import LANGUAGES, ngettext
from portal.core.i18n import gettext as _
from portal.people.rules import Actor
from portal.search.log.queries.gaps import gaps


def behind(scope: Scope, what: str, value: str = "") -> str:
    """The address of the cases that a number counts."""
    return url_for("health.cases", what=what, value=value or None, team=scope.code)


def trust(actor: Actor, scope: Scope) -> Measure:
    """How much of the library somebody vouches for."""
    names = {
        "current": _("Validated"), "overdue": _("Verification overdue"),
        "not_validated": _("Not validated"), "changed": _("Changed since it was validated"),
        "flagged": _("With an open flag"), "in_vain": _("Did not help two people or more"),
        "untagged": _("Without tags"),
    }
    found = counting.counted(actor, scope)
    total = found["all", ""]
    rows = [(word(name), number(found[what, ""], behind(scope, what)),
             share(found[what, ""], total)) for what, name in names.items()]
    return Measure(
        name="trust", title=_("Trust"), rows=rows,
        says=_("Of all published cases. One case may stand in several rows."),
        answer=_("%(share)s of %(total)d cases are validated and up to date.",
                 share=share(found["current", ""], total).text, total=total),
        header=(_("State"), _("Cases"), _("Share")),
    )


def use(actor: Actor, scope: Scope) -> Measure:
    """Reuse against creation, month by month."""
    names = [f"{first:%Y-%m}" for first in months(scope.today)]
    created = counting.created_by_month(actor, scope, names)
    reused = counting.reuses_by_month(actor, scope, names)
    rows = [
        (word(name), number(again, behind(scope, "reused", name)),
         number(new, behind(scope, "created", name)))
        for name, again, new in zip(names, reused, created, strict=True)
    ]
    good = sum(again >= new and again > 0 for again, new in zip(reused, created, strict=True))
    return Measure(
        name="use", title=_("Reuse against creation"), rows=rows, chart="bar",
        tones=("green", "blue"),
        says=_("How often cases were used again, and how many were written. The aim: at least as "
               "much reuse as creation. A case may be used several times in a month."),
        answer=ngettext("The aim was reached in %(num)d of the last 12 months.",
                        "The aim was reached in %(num)d of the last 12 months.", good),
        header=(_("Month"), _("Reused"), _("Written")),
    )


def unanswered(actor: Actor, scope: Scope) -> Measure:
    """Questions that wait, by their age."""
    names = {"3": _("Up to 3 days"), "7": _("4 to 7 days"), "30": _("8 to 30 days"),
             "older": _("More than 30 days")}
    found = counting.counted(actor, scope)
    rows = [(word(names[age]), number(found["unanswered", age],
                                      behind(scope, "unanswered", age))) for age in AGES]
    return Measure(
        name="unanswered", title=_("Problems without an answer"), rows=rows, chart="rows",
        tones=("amber",), says=_("By how long they have waited, in calendar days."),
        header=(_("Waiting for"), _("Problems")),
    )


def overdue(actor: Actor, scope: Scope) -> Measure:
    """Whose cases are past their verification: by name, because this is no ranking."""
    rows: list[Sequence[Cell]] = [
        (Cell(_("%(name)s (has left)", name=owner.name) if owner.deactivated_at else owner.name,
              url=url_for("people.profile", user_id=owner.id)),
         number(owner.cases, behind(scope, "of_owner", str(owner.id))))
        for owner in counting.overdue_owners(actor, scope)
    ]
    return Measure(
        name="overdue", title=_("Past verification, by owner"), rows=rows,
        says=_("In the order of the names."), header=(_("Owner"), _("Cases")),
        empty=_("No case is past its verification."),
    )


def languages(actor: Actor, scope: Scope) -> Measure:
    """In which languages the library speaks."""
    found = counting.counted(actor, scope)
    total = found["all", ""]
    rows = [
        (word(words.language_word(code)),
         number(found["language", code], behind(scope, "language", code)),
         share(found["language", code], total))
        for code in LANGUAGES
    ]
    return Measure(name="languages", title=_("Languages"), rows=rows, says="",
                   header=(_("Language"), _("Cases"), _("Share")))


def links(actor: Actor, scope: Scope) -> Measure:
    """Where cases come from."""
    found = counting.counted(actor, scope)
    total = found["all", ""]
    rows = [
        (word(words.SOURCES[code]), number(found["source", code], behind(scope, "source", code)),
         share(found["source", code], total))
        for code in ("visit", "lead", "report", "none")
    ]
    linked = total - found["source", "none"]
    return Measure(
        name="links", title=_("Where cases come from"), rows=rows,
        says=_("Counted are cases by what their author named as the source."),
        answer=_("%(share)s of the cases come from a visit, a lead or a report.",
                 share=share(linked, total).text),
        header=(_("Source"), _("Cases"), _("Share")),
    )


def questions(actor: Actor, scope: Scope) -> Measure | None:
    """Searches that led nowhere; they belong to no team."""
    if scope.team_ids is not None or not access.allows(actor, "gaps:read"):
        return None
    open_ones = gaps(clock.now(), limit=1).total
    return Measure(
        name="gaps", title=_("Knowledge gaps"), header=(_("Searches"), _("Questions")),
        rows=[(word(_("Without an answer in the last 90 days")),
               number(open_ones, url_for("search_log.gaps")))],
        says=_("What people searched for in vain. Turn one into a question to who knows it."),
    )


MEASURES = (trust, use, unanswered, overdue, questions, links, languages)
