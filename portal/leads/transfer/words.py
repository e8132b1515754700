"""The words of imports of leads."""

from collections.abc import Mapping
from typing import Any

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import ngettext
from portal.leads.transfer import rules

# Word and tone of each verdict of the rehearsal, and of what became of a row.
VERDICTS: Mapping[str, tuple[Any, str]] = {
    rules.NEW: (_l("New"), "green"), rules.UPDATE: (_l("Your customer"), "blue"),
    rules.DUPLICATE: (_l("Duplicate"), "amber"), rules.POOL: (_l("In the pool"), "amber"),
    rules.SAME: (_l("Same as a row above"), "grey"),
    rules.CLOSE: (_l("Close to a customer"), "amber"), rules.ERROR: (_l("Error"), "red"),
}
OUTCOMES: Mapping[str, tuple[Any, str]] = {
    rules.MADE: (_l("Imported"), "green"), rules.FILLED: (_l("Filled in"), "blue"),
    rules.CLAIMED: (_l("Claim kept"), "blue"),
    rules.FETCHED: (_l("Claimed from the pool"), "green"),
    rules.UNCHANGED: (_l("Unchanged"), "grey"), rules.LEFT: (_l("Left out"), "grey"),
    rules.FAILED: (_l("Not imported"), "red"), "waiting": (_l("Not begun"), "grey"),
}
STAGES: Mapping[str, tuple[Any, str]] = {
    "columns": (_l("Columns to be named"), "amber"),
    "rehearsing": (_l("Being rehearsed"), "blue"), "stopped": (_l("Rehearsal stopped"), "grey"),
    "rehearsed": (_l("Rehearsed, nothing written yet"), "amber"),
    "committing": (_l("Being brought in"), "blue"), "committed": (_l("Imported"), "green"),
    "reverting": (_l("Being taken back"), "blue"), "reverted": (_l("Taken back"), "grey"),
}
# What is done with a row, as a choice.
ACTS: Mapping[str, Any] = {
    rules.TAKE: _l("Import it"), rules.FILL: _l("Fill in what is blank"),
    rules.DEAL: _l("Fill in, and add a deal"), rules.CLAIM: _l("Keep it as a duplicate claim"),
    rules.FETCH: _l("Claim it from the pool"), rules.SKIP: _l("Leave it out"),
}
GROUPS: Mapping[str, Any] = {
    rules.NEW: _l("Nobody has them yet"),
    rules.UPDATE: _l("Your own customers"),
    rules.DUPLICATE: _l("Customers of colleagues"),
    rules.POOL: _l("Customers in the pool"),
    rules.SAME: _l("The same company as in a row above"),
    rules.CLOSE: _l("Nearly the same as a known customer"),
    rules.ERROR: _l("Rows with errors"),
}
HINTS: Mapping[str, Any] = {
    rules.UPDATE: _l("Nothing that is known is overwritten."),
    rules.DUPLICATE: _l("A claim keeps what the row says; you send it with evidence, and a manager "
                        "decides."),
    rules.POOL: _l("What is claimed here counts as if it were claimed in the pool. What is blank "
                   "is filled in."),
    rules.SAME: _l("“Fill in, and add a deal” adds its contact and its deal to that customer."),
    rules.CLOSE: _l("Better look first: the list below says whose they are."),
    rules.ERROR: _l("They are left out. Download them, correct them, and import them again."),
}
KEYS: Mapping[str, Any] = {"name": _l("name"), "phone": _l("phone"), "code": _l("credit code")}
LISTS: Mapping[str, Any] = {"channel": _l("Channel"), "product": _l("Product"),
                            "industry": _l("Industry"), "region": _l("Region"),
                            "stage": _l("Stage")}
FIELDS: Mapping[str, Any] = {
    "company": _l("Company"), "alias": _l("Other name"), "credit_code": _l("Credit code"),
    "company_phone": _l("Phone of the company"), **LISTS, "employees": _l("Employees"),
    "website": _l("Web site"), "address": _l("Address"), "contact": _l("Contact"),
    "job_title": _l("Job title"), "phone": _l("Phone"), "mobile": _l("Mobile phone"),
    "email": _l("E-mail"), "wechat": _l("WeChat"), "title": _l("What they want"),
    "amount": _l("Expected amount"), "currency": _l("Currency"),
    "expected_close": _l("Expected close"), "competitors": _l("Competitors"),
    "owner": _l("Owner"), "note": _l("Note"), "created": _l("Recorded on"),
}


def told(facts: Mapping[str, int]) -> list[str]:
    """What was read of a workbook in a way that people should know."""
    found = []
    if count := facts.get("merged"):
        found.append(ngettext(
            "%(num)d group of merged cells: the value of the first cell counts, in every row when "
            "rows were merged.",
            "%(num)d groups of merged cells: the value of the first cell counts, in every row when "
            "rows were merged.", count))
    if count := facts.get("formulas"):
        found.append(ngettext(
            "%(num)d cell is calculated: the result that was saved with the file counts.",
            "%(num)d cells are calculated: the results that were saved with the file count.",
            count))
    if count := facts.get("without_result"):
        found.append(ngettext(
            "Of %(num)d formula no result was saved, so its cell is empty. Open the file in a "
            "spreadsheet program and save it once.",
            "Of %(num)d formulas no result was saved, so their cells are empty. Open the file in a "
            "spreadsheet program and save it once.", count))
    return found


def default_title() -> str:
    """What a deal is called where the table does not say."""
    return _("Enquiry")
