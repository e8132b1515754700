"""Who reacts to what happens: inside the transaction, and after it."""

from collections.abc import Mapping, Sequence

from portal.cases import handlers as case_handlers
from portal.cases.alerts import handlers as alert_handlers
from portal.cases.alerts import searchers
from portal.cases.alerts import telling as alert_telling
from portal.cases.events import (
    AlertAnswered,
    AlertEnded,
    AlertEscalated,
    AlertHanded,
    AlertRaised,
    CaseAsked,
    CaseEdited,
    CaseFlagged,
    CaseRecorded,
    CaseReused,
    CasesHandedOver,
    CasesMerged,
    CaseValidated,
    CommentAdded,
    ContributionEdited,
    FlagReopened,
    FlagResolved,
    MergeUndone,
    ReuseReviewed,
    ReuseUndone,
    SolutionAccepted,
    SolutionProposed,
    SolutionUnaccepted,
    ValidationWithdrawn,
    VerificationUndone,
)
from portal.cases.following import handlers as following_handlers
from portal.cases.following import merges as following_merges
from portal.cases.following import telling, telling_talk, warning
from portal.cases.merging import telling as merge_telling
from portal.cases.trust import handlers as trust_handlers
from portal.cases.trust import telling as trust_telling
from portal.core.events import Event, Reaction
from portal.customers import reindexing
from portal.customers.events import (
    CustomerCorrected,
    CustomerGiven,
    CustomersHandedOver,
    CustomersHeld,
    CustomerVoided,
    PersonLeft,
)
from portal.leads import handlers as lead_handlers
from portal.leads import telling as lead_telling
from portal.leads.care import handlers as care_handlers
from portal.leads.claims import telling as claim_telling
from portal.leads.claims.events import ClaimDecided, ClaimSent, ClaimWithdrawn, EvidenceAdded
from portal.leads.closing import handlers as closing_handlers
from portal.leads.closing import telling as closing_telling
from portal.leads.events import (
    LeadClosed,
    LeadCorrected,
    LeadGiven,
    LeadMoved,
    LeadRecorded,
    LeadReopened,
    LeadRestored,
    LeadReturned,
    LeadVoided,
)
from portal.leads.money import handlers as money_handlers
from portal.leads.pool import answering, clockwork
from portal.leads.pool import handlers as pool_handlers
from portal.leads.referrals import handlers as referral_handlers
from portal.leads.scoring import handlers as score_handlers
from portal.leads.stages import handlers as stage_handlers
from portal.leads.stages import telling as stage_telling
from portal.leads.stages.events import ReviewAsked, ReviewEnded, ReviewGiven
from portal.leads.transfer import telling as import_telling
from portal.lists.events import TagsMerged, TermRelabelled, TermRetired, TermsReordered
from portal.people.events import PersonRenamed, TeamDissolved, TeamRenamed
from portal.reminders import long_work
from portal.search import people as people_documents
from portal.tasks.events import TaskFinished
from portal.visits import telling as visit_telling
from portal.visits.events import (
    FollowUpRecorded,
    VisitArrived,
    VisitCancelled,
    VisitCommented,
    VisitJoined,
    VisitReplanned,
    VisitReviewed,
    VisitVoided,
)

DURING: Mapping[type[Event], Sequence[Reaction]] = {
    PersonRenamed: (case_handlers.index_cases_of_person,),
    TermRelabelled: (case_handlers.index_cases_of_term,),
    TagsMerged: (case_handlers.move_tagged_cases, following_handlers.move_followed_tag),
    TeamRenamed: (people_documents.index_people_of_team,),
    SolutionProposed: (
        alert_handlers.answer_by_reply,
        following_handlers.follow_answered_case,
        warning.of_solution,
    ),
    CommentAdded: (
        alert_handlers.answer_by_reply,
        following_handlers.follow_discussed_case,
        warning.of_comment,
    ),
    SolutionAccepted: (case_handlers.settle_gap, alert_handlers.end_by_solution),
    SolutionUnaccepted: (alert_handlers.wait_again,),
    CasesMerged: (alert_handlers.end_by_merge, following_merges.follow_along,
                  trust_handlers.settle_flags),
    MergeUndone: (alert_handlers.wait_after_merge, following_merges.part_again,
                  trust_handlers.flag_again),
    TermRetired: (stage_handlers.refuse_retiring,),
    TermsReordered: (stage_handlers.refuse_order,),
    TeamDissolved: (case_handlers.move_cases_of_team, reindexing.index_customers_of_team,
                    pool_handlers.move_rules_of_team),
    CaseRecorded: (following_handlers.follow_own_case, warning.of_case,
                   case_handlers.tell_origin),
    CaseEdited: (warning.of_edit, trust_handlers.look_at_facts),
    ContributionEdited: (warning.of_new_wording,),
    LeadGiven: (money_handlers.remind_the_owner, answering.start_clock),
    LeadReturned: (money_handlers.remind_the_owner, pool_handlers.note_return),
    LeadRecorded: (score_handlers.score_lead, answering.start_for_colleague,
                   clockwork.wait_for_rules, care_handlers.look_at_new_deal),
    LeadMoved: (answering.answer_by_move,),
    LeadClosed: (answering.stop_clock, care_handlers.look_at_closed, lead_handlers.forget_the_step),
    CustomerCorrected: (referral_handlers.refuse_circle, lead_handlers.take_over_facts,
                        score_handlers.score_leads_of),
    LeadReopened: (pool_handlers.refuse_reopening_beyond_the_cap,
                   stage_handlers.leave_retired_stage, score_handlers.score_lead,
                   care_handlers.look_at_reopened),
    LeadCorrected: (money_handlers.refuse_other_currency, score_handlers.score_lead),
    CustomersHeld: (lead_handlers.hold_deals,),
    CustomersHandedOver: (pool_handlers.refuse_beyond_the_cap,),
    CustomerGiven: (lead_handlers.hand_deals_along, money_handlers.remind_who_collects),
    CustomerVoided: (lead_handlers.refuse_void_with_deals,),
    PersonLeft: (lead_handlers.refuse_leaving_with_deals, money_handlers.remind_who_collects),
    LeadVoided: (answering.stop_clock, money_handlers.remind_the_owner,
                 closing_handlers.forget_the_signing, care_handlers.look_at_reopened),
    LeadRestored: (pool_handlers.refuse_reopening_beyond_the_cap,
                   stage_handlers.leave_retired_stage, score_handlers.score_lead,
                   money_handlers.remind_the_owner, closing_handlers.remember_the_signing,
                   care_handlers.look_at_restored),
    VisitArrived: (answering.answer_by_contact,),
    VisitReviewed: (answering.answer_by_contact,),
    FollowUpRecorded: (answering.answer_by_contact,),
}

AFTERWARDS: Mapping[type[Event], Sequence[Reaction]] = {
    TaskFinished: (long_work.tell_of_finished, import_telling.tell_of_import),
    AlertRaised: (alert_telling.tell_of_raised,),
    AlertEscalated: (alert_telling.tell_of_escalated,),
    AlertHanded: (alert_telling.tell_of_handed,),
    AlertAnswered: (alert_telling.tell_of_answered,),
    AlertEnded: (alert_telling.forget_the_work,),
    SolutionAccepted: (searchers.tell_searchers, telling_talk.of_acceptance),
    CasesMerged: (merge_telling.tell_merged,),
    MergeUndone: (merge_telling.tell_undone,),
    CaseRecorded: (telling.of_case,),
    CaseEdited: (telling.of_edit,),
    CaseAsked: (telling.of_question,),
    SolutionProposed: (telling_talk.of_solution,),
    CommentAdded: (telling_talk.of_comment,),
    ContributionEdited: (telling_talk.of_new_wording,),
    CaseValidated: (trust_telling.tell_of_validated,),
    ValidationWithdrawn: (trust_telling.tell_of_withdrawn,),
    VerificationUndone: (trust_telling.forget_the_step,),
    CaseFlagged: (trust_telling.tell_of_flagged,),
    FlagResolved: (trust_telling.tell_of_resolved,),
    FlagReopened: (trust_telling.tell_of_reopened,),
    CaseReused: (trust_telling.ask_whether_it_helped,),
    ReuseReviewed: (trust_telling.stop_asking,),
    ReuseUndone: (trust_telling.forget_the_use,),
    CasesHandedOver: (trust_telling.tell_of_handover,),
    LeadGiven: (lead_telling.tell_of_given,),
    LeadClosed: (closing_telling.tell_of_closed, stage_telling.forget_reviews_of),
    LeadReopened: (closing_telling.forget_the_end, stage_telling.tell_again),
    LeadRestored: (stage_telling.tell_again,),
    LeadVoided: (closing_telling.forget_the_end, stage_telling.forget_reviews_of),
    ReviewAsked: (stage_telling.tell_of_asked,),
    ReviewGiven: (stage_telling.tell_of_given,),
    ReviewEnded: (stage_telling.forget_the_review,),
    VisitJoined: (visit_telling.tell_of_company,),
    VisitReplanned: (visit_telling.tell_of_change,),
    VisitCancelled: (visit_telling.tell_of_cancelled,),
    VisitCommented: (visit_telling.tell_of_comment,),
    VisitReviewed: (visit_telling.forget_the_invitation,),
    VisitVoided: (visit_telling.forget_the_invitation,),
    ClaimSent: (claim_telling.tell_of_sent,),
    EvidenceAdded: (claim_telling.tell_of_evidence,),
    ClaimDecided: (claim_telling.tell_of_decided,),
    ClaimWithdrawn: (claim_telling.forget_the_claim,),
}
