"""What the case library gives."""

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
from portal.cases.health.of_cases import MEASURES as CASE_MEASURES
from portal.cases.health.routes import blueprint as health
from portal.cases.merging import parts as merging_parts
from portal.cases.merging import telling as merge_telling
from portal.cases.merging.routes import blueprint as merging
from portal.cases.playbooks import words as playbook_words
from portal.cases.playbooks.routes import blueprint as playbooks
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
from portal.core.i18n import lazy_gettext as _l
from portal.features.gives import Gives
from portal.features.navigation import Place

LIBRARY = Gives(
    blueprints=(cases, alerts, following, merging, trust, health, analysis, playbooks, transfer),
    places=(
        Place(20, _l("Case library"), "cases.library", "books", short_label=_l("Library"),
              inside=("cases.", "analysis.", "playbooks.")),
        Place(70, _l("Alerts"), "alerts.alert_list", "bell-ringing", "alerts:read"),
        Place(110, _l("Import and export"), "transfer.start_import", "file-import", "case:import",
              manage=True),
    ),
    displays=(
        case_display.init_app, sections.init_app, merging_parts.init_app, thumbnails.init_app,
        following_display.init_app, trust_display.init_app, playbook_words.init_app,
    ),
    sources=(case_documents.SOURCE,),
    options=(*ALERT_OPTIONS, *TRUST_OPTIONS),
    writings=(case_writings.WRITING,),
    today=(alerts_today.rows, cases_today.rows, trust_today.rows),
    measures=(*CASE_MEASURES,),
    kinds=(*ALERT_KINDS, *merge_telling.KINDS, *following_kinds.KINDS, *TRUST_KINDS),
    subjects=(case_subjects.CASE, *TRUST_SUBJECTS),
    dates=(case_calendar.entries, alert_calendar.entries),
    jobs=(trust_clockwork.look_at_terms,),
)
