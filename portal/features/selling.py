"""What customers, leads and visits give."""

from portal.core import recording
from portal.core.i18n import lazy_gettext as _l
from portal.customers import append_only  # noqa: F401 guards the timeline
from portal.customers import display as customer_display
from portal.customers import sections as customer_sections
from portal.customers import today as customers_today
from portal.customers.identity.options import OPTIONS as IDENTITY_OPTIONS
from portal.customers.options import OPTIONS as CUSTOMER_OPTIONS
from portal.customers.routes import blueprint as customers
from portal.customers.subjects import SUBJECTS as CUSTOMER_SUBJECTS
from portal.customers.timeline_words import KINDS as CUSTOMER_ENTRIES
from portal.features.gives import Gives
from portal.features.navigation import Place
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
from portal.leads.checking import taken as checking_taken
from portal.leads.checking.options import OPTIONS as CHECKING_OPTIONS
from portal.leads.checking.routes import blueprint as checking
from portal.leads.claims import clockwork as claims_clockwork
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

PLACES = (
    Place(30, _l("Customers & leads"), "board.lead_list", "briefcase", "lead:use",
          short_label=_l("Leads"), inside=(
              "customers.", "leads.", "board.", "pool.", "checking.", "claims.", "money.",
              "channels.", "lead_import.", "care.", "referrals.", "loop.", "closing.", "stages.",
              "scoring.")),
    Place(40, _l("Visits"), "visits.week", "map-pin", "lead:use", inside=("visits.",)),
    Place(40, _l("Stages of leads"), "stages.manage_stages", "stairs", "stages:manage",
          manage=True),
    Place(50, _l("Scoring of leads"), "scoring.manage_scoring", "chart-dots", "scoring:manage",
          manage=True),
    Place(60, _l("Allocation"), "pool.manage_allocation", "hand-grab", "allocation:manage",
          manage=True),
)

SELLING = Gives(
    blueprints=(
        customers, leads, board, checking, claims, pool, stages, scoring, lead_channels, closing,
        loop, money, care, referrals, lead_import, visits,
    ),
    places=PLACES,
    displays=(
        customer_sections.init_app, customer_display.init_app, lead_sections.init_app,
        lead_display.init_app, checking_taken.init_app, money_display.init_app,
        stage_display.init_app, scoring_display.init_app, visit_words.init_app,
    ),
    sources=(lead_documents.SOURCE,),
    options=(
        *IDENTITY_OPTIONS, *CHECKING_OPTIONS, *CUSTOMER_OPTIONS, *POOL_OPTIONS, *CLAIM_OPTIONS,
        *MONEY_OPTIONS, *CARE_OPTIONS, *SCORING_OPTIONS,
    ),
    files=(ClaimPhoto.sha256,),
    writings=(VISIT_WRITING, lead_writings.WRITING),
    today=(
        leads_today.rows, visits_today.rows, customers_today.rows, pool_today.rows,
        claims_today.rows, stages_today.rows, closing_today.rows, money_today.rows,
        care_today.rows,
    ),
    measures=(link_rate,),
    origins=(lead_origin.ORIGIN, VISIT_ORIGIN),
    meetings=(VISIT_MEETINGS,),
    placeholders=(*lead_origin.PLACEHOLDERS,),
    kinds=(
        *LEAD_KINDS, *POOL_KINDS, *CLAIM_KINDS, *import_telling.KINDS, *STAGE_KINDS,
        *CLOSING_KINDS, *MONEY_KINDS, *CARE_KINDS, *VISIT_KINDS,
    ),
    timeline=(
        *CUSTOMER_ENTRIES, *LEAD_ENTRIES, *STAGE_ENTRIES, *SCORING_ENTRIES, *MONEY_ENTRIES,
        *CARE_ENTRIES, *closing_words.KINDS, *loop_words.KINDS, *VISIT_ENTRIES, *CLAIM_ENTRIES,
    ),
    subjects=(
        *LEAD_SUBJECTS, *CUSTOMER_SUBJECTS, *STAGE_SUBJECTS, *MONEY_SUBJECTS, *CARE_SUBJECTS,
        *import_telling.SUBJECTS, VISIT, *CLAIM_SUBJECTS,
    ),
    dates=(money_calendar.entries, care_calendar.entries, visit_calendar.entries),
    jobs=(
        look_after_customers, pool_clockwork.watch_leads, claims_clockwork.remind_deciders,
        visit_clockwork.look_for_unwritten,
    ),
    forms=(
        recording.Form(_l("Visit"), "map-pin", _l("What came of it, and what comes next."),
                       "visits.new_review", "lead:use"),
        recording.Form(_l("Follow-up"), "phone-call",
                       _l("A call, a message or a mail, in 30 seconds."),
                       "visits.new_follow_up", "lead:use"),
        recording.Form(_l("Lead"), "user-search", _l("Check first whether somebody has them."),
                       "checking.check", "lead:use"),
    ),
)
