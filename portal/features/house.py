"""What stands under every room gives: people, lists, search, drafts, reminders, long work."""

from portal.core import statistics
from portal.core.i18n import lazy_gettext as _l
from portal.drafts import today as drafts_today
from portal.drafts.pages import blueprint as drafts
from portal.features.gives import Gives
from portal.features.navigation import Place
from portal.home.routes import blueprint as home
from portal.lists.routes import blueprint as lists
from portal.options.routes import blueprint as options
from portal.people import mentions as people_mentions
from portal.people.routes import blueprint as people
from portal.reminders import display as reminder_display
from portal.reminders import long_work
from portal.reminders import today as reminders_today
from portal.reminders.calendar import dated as dated_calendar
from portal.reminders.calendar.routes import blueprint as calendar
from portal.reminders.options import OPTIONS as REMINDER_OPTIONS
from portal.reminders.routes import blueprint as reminders
from portal.search import display as search_display
from portal.search import people as people_documents
from portal.search.log.routes import blueprint as search_log
from portal.search.routes import blueprint as search
from portal.search.vocabulary.routes import blueprint as synonyms
from portal.tasks.routes import blueprint as tasks
from portal.workdays.options import OPTIONS as WORKDAY_OPTIONS
from portal.workdays.routes import blueprint as workdays

# The numbers leave room for other rooms' places in between.
PLACES = (
    Place(10, _l("Today"), "home.today", "home"),
    Place(50, _l("People"), "people.directory", "users",
          inside=("people.profile", "people.team", "people.team_list")),
    Place(60, _l("Gaps"), "search_log.gaps", "zoom-question", "gaps:read"),
    Place(10, _l("People and roles"), "people.manage_people", "users-group", "people:manage",
          manage=True),
    Place(20, _l("Teams"), "people.manage_teams", "sitemap", "people:manage", manage=True),
    Place(30, _l("Lists and templates"), "lists.manage_lists", "list-details", "lists:manage",
          manage=True),
    Place(70, _l("Options"), "options.manage_options", "adjustments", "options:manage",
          manage=True),
    Place(80, _l("Messages"), "reminders.channels", "send", "channels:manage", manage=True),
    Place(90, _l("Synonyms"), "synonyms.manage_synonyms", "language", "synonyms:manage",
          manage=True),
    Place(100, _l("Working calendar"), "workdays.manage_calendar", "calendar", "calendar:manage",
          manage=True),
    Place(120, _l("Audit log"), "home.audit_log", "shield-check", "audit:read", manage=True),
)

HOUSE = Gives(
    blueprints=(
        home, people, lists, search, search_log, synonyms, drafts, reminders, tasks, options,
        workdays, calendar,
    ),
    places=PLACES,
    displays=(people_mentions.init_app, search_display.init_app, reminder_display.init_app),
    sources=(people_documents.SOURCE,),
    options=(*REMINDER_OPTIONS, *WORKDAY_OPTIONS),
    today=(drafts_today.rows, reminders_today.rows),
    kinds=(*long_work.KINDS,),
    subjects=(long_work.TASK,),
    dates=(dated_calendar.entries,),
    jobs=(statistics.renew,),
)
