"""How the entries about stages and gates read in the timeline."""

from typing import Any

from portal.core.i18n import gettext as _
from portal.customers.timeline.kinds import Detail, Kind
from portal.customers.words import listed
from portal.leads.stages.words import FIELDS, answer_word, stage_word, worded
from portal.leads.words import value_word


def _moved(detail: Detail, text: str) -> str:
    return _("Moved from %(before)s to %(after)s", before=stage_word(detail.get("from")),
             after=stage_word(detail.get("to")))


def _moved_back(detail: Detail, text: str) -> str:
    return _("Moved back from %(before)s to %(after)s", before=stage_word(detail.get("from")),
             after=stage_word(detail.get("to")))


def _passed(detail: Detail, text: str) -> str:
    lacked = listed([worded(words) for words in detail.get("lacked", ())])
    return _("Let pass from %(before)s to %(after)s; missing: %(lacked)s",
             before=stage_word(detail.get("from")), after=stage_word(detail.get("to")),
             lacked=lacked)


def _taken_over(detail: Detail, text: str) -> str:
    stage = stage_word(detail.get("to"))
    lacked = listed([worded(words) for words in detail.get("lacked", ())])
    if not lacked:
        return _("Taken over at the stage %(stage)s", stage=stage)
    return _("Taken over at the stage %(stage)s; not checked here: %(lacked)s", stage=stage,
             lacked=lacked)


def _answered(detail: Detail, text: str) -> str:
    said = [_("%(item)s: %(answer)s", item=worded(words), answer=answer_word(kind, value))
            for words, kind, value in detail.get("items", ())]
    return listed(said)


def _contract_value(name: str, value: Any) -> str:
    if value is None:
        return ""
    return value_word("amount", value) if name != "signed_on" else answer_word("date", value)


KINDS = (
    Kind("lead.moved", "arrow-right", "deals", _moved),
    Kind("lead.moved_back", "corner-down-right", "deals", _moved_back),
    Kind("lead.move_passed", "shield-half", "deals", _passed),
    Kind("lead.taken_over", "file-import", "deals", _taken_over),
    Kind("lead.answered", "checklist", "deals", _answered),
    Kind("lead.contract_noted", "report-money", "corrections", lambda d, t: _("Contract noted"),
         fields=FIELDS, value=_contract_value),
    Kind("lead.review_asked", "eye-check", "deals", lambda d, t: _(
        "Asked %(name)s for a review: %(gate)s", name=d.get("reviewer", ""),
        gate=worded(d.get("gate")))),
    Kind("lead.review_passed", "circle-check", "deals", lambda d, t: _(
        "Review passed: %(gate)s", gate=worded(d.get("gate")))),
    Kind("lead.review_refused", "circle-x", "deals", lambda d, t: _(
        "Review refused: %(gate)s", gate=worded(d.get("gate")))),
    Kind("lead.review_withdrawn", "arrow-back-up", "deals", lambda d, t: _(
        "Review no longer asked for: %(gate)s", gate=worded(d.get("gate")))),
)
