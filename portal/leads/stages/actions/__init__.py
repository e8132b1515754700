"""What is done with the stage map, and with a lead on its way through it."""

from portal.leads.stages.actions.answering import Invalid, answer_items
from portal.leads.stages.actions.moving import Missing, missing_for, move_lead
from portal.leads.stages.actions.reviewing import ask_review, decide_review, withdraw_review
from portal.leads.stages.actions.taking_over import note_taken_over

__all__ = [
    "Invalid", "Missing", "answer_items", "ask_review", "decide_review", "missing_for",
    "move_lead", "note_taken_over", "withdraw_review",
]
