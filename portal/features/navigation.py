"""The places of the portal that a person may go to."""

from collections.abc import Iterable

from flask import g, request, url_for

from portal.core import access
from portal.core.i18n import gettext as _
from portal.core.templating import Entry


def navigation() -> Iterable[Entry]:
    """The sidebar of the person who asks."""
    here = request.endpoint or ""
    managing = request.path.startswith("/manage/")
    entries = [
        Entry(_("Today"), url_for("home.today"), "home", here == "home.today"),
        Entry(_("Case library"), url_for("cases.library"), "books",
              here.startswith(("cases.", "analysis.", "playbooks.")) and not managing,
              short_label=_("Library")),
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
            ("channels:manage", "reminders.channels", "send", _("Messages")),
            ("synonyms:manage", "synonyms.manage_synonyms", "language", _("Synonyms")),
            ("options:manage", "options.manage_options", "adjustments", _("Options")),
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
