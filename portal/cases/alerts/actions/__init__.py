"""What is done with a difficulty alert; everything else reaches it by events."""

from portal.cases.alerts.actions.ending import (
    answer_alert,
    put_back_alert,
    reopen_alert,
    solve_alert,
    withdraw_alert,
)
from portal.cases.alerts.actions.handing import hand_alert
from portal.cases.alerts.actions.raising import raise_alert

__all__ = ["answer_alert", "hand_alert", "put_back_alert", "raise_alert", "reopen_alert",
           "solve_alert", "withdraw_alert"]
