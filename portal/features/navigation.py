"""The places of the portal that a person may go to."""

from collections.abc import Iterable

from flask import g, request, url_for

from portal.core import access
from portal.core.i18n import gettext as _
from portal.core.templating import Entry

# Blueprints whose pages belong to customers and leads, and to visits.
CUSTOMER_PAGES = ("customers.", "leads.", "board.", "pool.", "checking.", "claims.", "money.",
                  "channels.", "lead_import.", "care.", "referrals.", "loop.", "closing.",
                  "stages.", "scoring.")


def _selling(here: str) -> Iterable[Entry]:
    """For those who sell: their customers and leads, and their visits."""
    if not access.allows(g.get("actor"), "lead:use"):
        return
    managing = request.path.startswith("/manage/")
    yield Entry(_("Customers & leads"), url_for("board.lead_list"), "briefcase",
                here.startswith(CUSTOMER_PAGES) and not managing, short_label=_("Leads"))
    yield Entry(_("Visits"), url_for("visits.week"), "map-pin", here.startswith("visits."))


def navigation() -> Iterable[Entry]:
    """The sidebar of the person who asks."""
    here = request.endpoint or ""
    managing = request.path.startswith("/manage/")
    entries = [
        Entry(_("Today"), url_for("home.today"), "home", here == "home.today"),
        Entry(_("Case library"), url_for("cases.library"), "books",
              here.startswith(("cases.", "analysis.", "playbooks.")) and not managing,
              short_label=_("Library")),
        *_selling(here),
        Entry(_("People"), url_for("people.directory"), "users",
              here in ("people.directory", "people.profile", "people.team", "people.team_list")),
    ]
    if access.allows(g.get("actor"), "gaps:read"):
        entries.append(
            Entry(_("Gaps"), url_for("search_log.gaps"), "zoom-question", here == "search_log.gaps")
        )
    if access.allows(g.get("actor"), "alerts:read"):
        entries.append(Entry(_("Alerts"), url_for("alerts.alert_list"), "bell-ringing",
                             here == "alerts.alert_list"))
    manage = [
        Entry(label, url_for(endpoint), icon, request.path.startswith(url_for(endpoint)))
        for permission, endpoint, icon, label in (
            ("people:manage", "people.manage_people", "users-group", _("People and roles")),
            ("people:manage", "people.manage_teams", "sitemap", _("Teams")),
            ("lists:manage", "lists.manage_lists", "list-details", _("Lists and templates")),
            ("stages:manage", "stages.manage_stages", "stairs", _("Stages of leads")),
            ("scoring:manage", "scoring.manage_scoring", "chart-dots", _("Scoring of leads")),
            ("allocation:manage", "pool.manage_allocation", "hand-grab", _("Allocation")),
            ("options:manage", "options.manage_options", "adjustments", _("Options")),
            ("channels:manage", "reminders.channels", "send", _("Messages")),
            ("synonyms:manage", "synonyms.manage_synonyms", "language", _("Synonyms")),
            ("calendar:manage", "workdays.manage_calendar", "calendar", _("Working calendar")),
            ("case:import", "transfer.start_import", "file-import", _("Import and export")),
            ("audit:read", "home.audit_log", "shield-check", _("Audit log")),
        )
        if access.allows(g.get("actor"), permission)
    ]
    if manage:
        group = tuple(manage)
        entries.append(
            Entry(_("Manage"), group[0].url, "settings", any(e.active for e in group),
                  children=group)
        )
    return entries
