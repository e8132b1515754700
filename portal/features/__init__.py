"""The explicit list of what the portal consists of."""

from collections.abc import Callable, Sequence
from typing import Any

import click
from flask import Blueprint, Flask

from portal.cases import calendar as case_calendar
from portal.cases import display as case_display
from portal.cases import documents as case_documents
from portal.cases import sections, thumbnails
from portal.cases import subjects as case_subjects
from portal.cases import today as cases_today
from portal.cases import writings as case_writings
from portal.cases.alerts import calendar as alert_calendar
from portal.cases.alerts import today as alerts_today
from portal.cases.alerts.kinds import KINDS as ALERT_KINDS
from portal.cases.alerts.options import OPTIONS as ALERT_OPTIONS
from portal.cases.alerts.routes import blueprint as alerts
from portal.cases.analysis.routes import blueprint as analysis
from portal.cases.following import display as following_display
from portal.cases.following import kinds as following_kinds
from portal.cases.following.routes import blueprint as following
from portal.cases.health.measures import Maker
from portal.cases.health.of_cases import MEASURES as CASE_MEASURES
from portal.cases.health.routes import blueprint as health
from portal.cases.merging import parts as merging_parts
from portal.cases.merging import telling as merge_telling
from portal.cases.merging.routes import blueprint as merging
from portal.cases.origins import Origin
from portal.cases.playbooks import words as playbook_words
from portal.cases.playbooks.routes import blueprint as playbooks
from portal.cases.playbooks.sources import Source as Placeholders
from portal.cases.routes import blueprint as cases
from portal.cases.transfer import exporting, reverting  # noqa: F401 declare their work
from portal.cases.transfer.routes import blueprint as transfer
from portal.cases.trust import clockwork as trust_clockwork
from portal.cases.trust import display as trust_display
from portal.cases.trust import today as trust_today
from portal.cases.trust.kinds import KINDS as TRUST_KINDS
from portal.cases.trust.options import OPTIONS as TRUST_OPTIONS
from portal.cases.trust.routes import blueprint as trust
from portal.cases.trust.subjects import SUBJECTS as TRUST_SUBJECTS
from portal.commands.demo import demo
from portal.commands.doctor import doctor
from portal.commands.duplicates import duplicates
from portal.commands.export_library import export_command
from portal.commands.import_library import import_command
from portal.commands.init import init
from portal.commands.reindex import reindex
from portal.commands.search import search as search_command
from portal.commands.serve import serve
from portal.commands.start import start
from portal.commands.worker import worker
from portal.core import recording
from portal.core.i18n import lazy_gettext as _l
from portal.core.today import Provider
from portal.customers import append_only  # noqa: F401 guards the timeline
from portal.customers import display as customer_display
from portal.customers import sections as customer_sections
from portal.customers import today as customers_today
from portal.customers.identity.options import OPTIONS as IDENTITY_OPTIONS
from portal.customers.options import OPTIONS as CUSTOMER_OPTIONS
from portal.customers.routes import blueprint as customers
from portal.customers.subjects import SUBJECTS as CUSTOMER_SUBJECTS
from portal.customers.timeline.kinds import Kind as EntryKind
from portal.customers.timeline_words import KINDS as CUSTOMER_ENTRIES
from portal.drafts import today as drafts_today
from portal.drafts.pages import blueprint as drafts
from portal.drafts.writings import Writing
from portal.features.navigation import navigation
from portal.features.reactions import AFTERWARDS, DURING
from portal.home.routes import blueprint as home
from portal.leads import display as lead_display
from portal.leads import documents as lead_documents
from portal.leads import sections as lead_sections
from portal.leads import today as leads_today
from portal.leads import writings as lead_writings
from portal.leads.board.routes import blueprint as board
from portal.leads.care import calendar as care_calendar
from portal.leads.care import today as care_today
from portal.leads.care.clockwork import look_after_customers
from portal.leads.care.kinds import KINDS as CARE_KINDS
from portal.leads.care.options import OPTIONS as CARE_OPTIONS
from portal.leads.care.routes import blueprint as care
from portal.leads.care.subjects import SUBJECTS as CARE_SUBJECTS
from portal.leads.care.timeline_words import KINDS as CARE_ENTRIES
from portal.leads.channels.routes import blueprint as lead_channels
from portal.leads.checking.options import OPTIONS as CHECKING_OPTIONS
from portal.leads.checking.routes import blueprint as checking
from portal.leads.claims import clockwork as claims_clockwork
from portal.leads.claims import display as claims_display
from portal.leads.claims import today as claims_today
from portal.leads.claims.kinds import KINDS as CLAIM_KINDS
from portal.leads.claims.models import ClaimPhoto
from portal.leads.claims.options import OPTIONS as CLAIM_OPTIONS
from portal.leads.claims.routes import blueprint as claims
from portal.leads.claims.subjects import SUBJECTS as CLAIM_SUBJECTS
from portal.leads.claims.timeline_words import KINDS as CLAIM_ENTRIES
from portal.leads.closing import timeline_words as closing_words
from portal.leads.closing import today as closing_today
from portal.leads.closing.kinds import KINDS as CLOSING_KINDS
from portal.leads.closing.routes import blueprint as closing
from portal.leads.kinds import KINDS as LEAD_KINDS
from portal.leads.loop import origin as lead_origin
from portal.leads.loop import timeline_words as loop_words
from portal.leads.loop.health import link_rate
from portal.leads.loop.meetings import Meetings
from portal.leads.loop.routes import blueprint as loop
from portal.leads.money import calendar as money_calendar
from portal.leads.money import display as money_display
from portal.leads.money import today as money_today
from portal.leads.money.kinds import KINDS as MONEY_KINDS
from portal.leads.money.options import OPTIONS as MONEY_OPTIONS
from portal.leads.money.routes import blueprint as money
from portal.leads.money.subjects import SUBJECTS as MONEY_SUBJECTS
from portal.leads.money.timeline_words import KINDS as MONEY_ENTRIES
from portal.leads.pool import clockwork as pool_clockwork
from portal.leads.pool import handing_out  # noqa: F401 declares its work
from portal.leads.pool import today as pool_today
from portal.leads.pool.kinds import KINDS as POOL_KINDS
from portal.leads.pool.options import OPTIONS as POOL_OPTIONS
from portal.leads.pool.routes import blueprint as pool
from portal.leads.referrals.routes import blueprint as referrals
from portal.leads.routes import blueprint as leads
from portal.leads.scoring import display as scoring_display
from portal.leads.scoring.options import OPTIONS as SCORING_OPTIONS
from portal.leads.scoring.routes import blueprint as scoring
from portal.leads.scoring.timeline_words import KINDS as SCORING_ENTRIES
from portal.leads.stages import display as stage_display
from portal.leads.stages import today as stages_today
from portal.leads.stages.kinds import KINDS as STAGE_KINDS
from portal.leads.stages.routes import blueprint as stages
from portal.leads.stages.subjects import SUBJECTS as STAGE_SUBJECTS
from portal.leads.stages.timeline_words import KINDS as STAGE_ENTRIES
from portal.leads.subjects import SUBJECTS as LEAD_SUBJECTS
from portal.leads.timeline_words import KINDS as LEAD_ENTRIES
from portal.leads.transfer import committing as lead_committing  # noqa: F401 declare their work
from portal.leads.transfer import rehearsing as lead_rehearsing  # noqa: F401
from portal.leads.transfer import reverting as lead_reverting  # noqa: F401
from portal.leads.transfer import telling as import_telling
from portal.leads.transfer.routes import blueprint as lead_import
from portal.lists.routes import blueprint as lists
from portal.options.registry import Option
from portal.options.routes import blueprint as options
from portal.people import mentions as people_mentions
from portal.people.routes import blueprint as people
from portal.reminders import display as reminder_display
from portal.reminders import long_work
from portal.reminders import today as reminders_today
from portal.reminders.calendar import dated as dated_calendar
from portal.reminders.calendar.routes import blueprint as calendar
from portal.reminders.calendar.sources import Source as DatesOf
from portal.reminders.kinds import Kind
from portal.reminders.options import OPTIONS as REMINDER_OPTIONS
from portal.reminders.routes import blueprint as reminders
from portal.reminders.subjects import Subject
from portal.search import display as search_display
from portal.search import people as people_documents
from portal.search.log.routes import blueprint as search_log
from portal.search.routes import blueprint as search
from portal.search.sources import Source
from portal.search.vocabulary.routes import blueprint as synonyms
from portal.tasks.routes import blueprint as tasks
from portal.visits import calendar as visit_calendar
from portal.visits import clockwork as visit_clockwork
from portal.visits import today as visits_today
from portal.visits import words as visit_words
from portal.visits.kinds import KINDS as VISIT_KINDS
from portal.visits.meetings import MEETINGS as VISIT_MEETINGS
from portal.visits.origin import ORIGIN as VISIT_ORIGIN
from portal.visits.routes import blueprint as visits
from portal.visits.subjects import VISIT
from portal.visits.timeline_words import TIMELINE as VISIT_ENTRIES
from portal.visits.writings import WRITING as VISIT_WRITING
from portal.workdays.options import OPTIONS as WORKDAY_OPTIONS
from portal.workdays.routes import blueprint as workdays

COMMANDS: Sequence[click.Command] = (
    init, demo, doctor, duplicates, export_command, import_command, reindex, search_command, serve,
    start, worker,
)

BLUEPRINTS: Sequence[Blueprint] = (
    home, people, lists, search, search_log, synonyms, drafts, cases, alerts, following,
    reminders, tasks, merging, trust, health, analysis, playbooks, options, workdays, calendar,
    transfer, lead_import, customers, money, care, referrals, pool,
    claims, board,
    stages, scoring, lead_channels, closing, loop, leads,
    visits,
    checking,
)

# What each feature gives to the templates.
DISPLAYS: Sequence[Callable[[Flask], None]] = (
    people_mentions.init_app, case_display.init_app, search_display.init_app, sections.init_app,
    reminder_display.init_app,
    merging_parts.init_app, thumbnails.init_app, following_display.init_app, trust_display.init_app,
    playbook_words.init_app, customer_sections.init_app, lead_sections.init_app,
    claims_display.init_app,
    customer_display.init_app, lead_display.init_app,
    money_display.init_app,
    stage_display.init_app, scoring_display.init_app,
    visit_words.init_app,
)

SOURCES: Sequence[Source] = (case_documents.SOURCE, people_documents.SOURCE, lead_documents.SOURCE)

# What an administrator may change; each room declares its own.
OPTIONS: Sequence[Option] = (*ALERT_OPTIONS, *TRUST_OPTIONS, *REMINDER_OPTIONS, *WORKDAY_OPTIONS,
                             *IDENTITY_OPTIONS, *CHECKING_OPTIONS,
                             *CUSTOMER_OPTIONS, *POOL_OPTIONS, *CLAIM_OPTIONS, *MONEY_OPTIONS,
                             *CARE_OPTIONS,
                             *SCORING_OPTIONS)

# Where bytes of files are named, besides attachments.
FILES: Sequence[Any] = (ClaimPhoto.sha256,)

# What can be a draft.
WRITINGS: Sequence[Writing] = (case_writings.WRITING, VISIT_WRITING, lead_writings.WRITING)

# What waits for a person, for the start page.
TODAY: Sequence[Provider] = (alerts_today.rows, cases_today.rows, drafts_today.rows,
                             trust_today.rows,
                             # Before the reminders: a next step stands in place of its own.
                             leads_today.rows, visits_today.rows, reminders_today.rows,
                             customers_today.rows,
                             pool_today.rows, claims_today.rows, stages_today.rows,
                             closing_today.rows,
                             money_today.rows, care_today.rows)

# What the page of library health shows; later rooms add theirs.
MEASURES: Sequence[Maker] = (*CASE_MEASURES, link_rate)

# What cases come from besides somebody's head.
ORIGINS: Sequence[Origin] = (lead_origin.ORIGIN,
    VISIT_ORIGIN,
)

# What meets customers about a deal, for what the deal gives to the library.
MEETINGS: Sequence[Meetings] = (VISIT_MEETINGS,)

# What the placeholders of a playbook are filled from.
PLACEHOLDERS: Sequence[Placeholders] = (*lead_origin.PLACEHOLDERS,)

# What people are told, room by room: `(*trust_kinds.KINDS, …)`.
KINDS: Sequence[Kind] = (*ALERT_KINDS, *merge_telling.KINDS, *following_kinds.KINDS,
                        *TRUST_KINDS, *long_work.KINDS, *LEAD_KINDS,
                        *POOL_KINDS, *CLAIM_KINDS, *import_telling.KINDS,
                        *STAGE_KINDS, *CLOSING_KINDS, *MONEY_KINDS, *CARE_KINDS,
    *VISIT_KINDS,
)

# How the entries of a customer's timeline read, room by room.
TIMELINE: Sequence[EntryKind] = (*CUSTOMER_ENTRIES, *LEAD_ENTRIES, *STAGE_ENTRIES,
                                 *SCORING_ENTRIES, *MONEY_ENTRIES, *CARE_ENTRIES,
                                 *closing_words.KINDS, *loop_words.KINDS,
    *VISIT_ENTRIES, *CLAIM_ENTRIES,
)

# What news and reminders are about.
SUBJECTS: Sequence[Subject] = (case_subjects.CASE, long_work.TASK, *TRUST_SUBJECTS, *LEAD_SUBJECTS,
                              *CUSTOMER_SUBJECTS,
                              *STAGE_SUBJECTS, *MONEY_SUBJECTS, *CARE_SUBJECTS,
                              *import_telling.SUBJECTS,
    VISIT, *CLAIM_SUBJECTS,
)

# What stands in a person's calendar.
DATES: Sequence[DatesOf] = (dated_calendar.entries, case_calendar.entries, alert_calendar.entries,
                            money_calendar.entries, care_calendar.entries,
    visit_calendar.entries,
)

# What runs by the clock, besides what a room's own rows ask for; it is declared where it stands.
JOBS: Sequence[Callable[[], None]] = (trust_clockwork.look_at_terms, look_after_customers,
                                      pool_clockwork.watch_leads,
                                      claims_clockwork.remind_deciders,
    visit_clockwork.look_for_unwritten,
)

# What can be recorded besides cases; a form whose page is not there is left out.
FORMS: Sequence[recording.Form] = (
    recording.Form(_l("Visit"), "map-pin", _l("What came of it, and what comes next."),
                   "visits.new_review", "lead:use"),
    recording.Form(_l("Follow-up"), "phone-call", _l("A call, a message or a mail, in 30 seconds."),
                   "visits.new_follow_up", "lead:use"),
    recording.Form(_l("Lead"), "user-search", _l("Check first whether somebody has them."),
                   "checking.check", "lead:use"),
)

__all__ = [
    "AFTERWARDS", "BLUEPRINTS", "COMMANDS", "DATES", "DISPLAYS", "DURING", "FILES", "FORMS", "JOBS",
    "KINDS",
    "MEASURES", "MEETINGS", "OPTIONS", "ORIGINS", "PLACEHOLDERS", "SOURCES", "SUBJECTS", "TIMELINE",
    "TODAY", "WRITINGS", "navigation",
]
