"""What stands under every room gives: people, lists, search, drafts, reminders, long work."""

from portal.drafts import today as drafts_today
from portal.drafts.pages import blueprint as drafts
from portal.features.gives import Gives
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

HOUSE = Gives(
    blueprints=(
        home, people, lists, search, search_log, synonyms, drafts, reminders, tasks, options,
        workdays, calendar,
    ),
    displays=(people_mentions.init_app, search_display.init_app, reminder_display.init_app),
    sources=(people_documents.SOURCE,),
    options=(*REMINDER_OPTIONS, *WORKDAY_OPTIONS),
    today=(drafts_today.rows, reminders_today.rows),
    kinds=(*long_work.KINDS,),
    subjects=(long_work.TASK,),
    dates=(dated_calendar.entries,),
)
