"""What is done in the care of customers."""

from portal.leads.care.actions.feedback import (
    record_feedback,
    settle_complaint,
    void_feedback,
)
from portal.leads.care.actions.tasks import (
    finish_task,
    open_or_wake,
    open_tasks,
    over_by_itself,
    reopen_task,
    set_renewal,
)

__all__ = ["finish_task", "open_or_wake", "open_tasks", "over_by_itself", "record_feedback",
           "reopen_task", "set_renewal", "settle_complaint", "void_feedback"]
