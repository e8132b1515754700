"""A worker of the portal as a process of its own, for tests that kill it.

`python -m tests.tasks.crash_worker` works with short silences, and slowly, until it is killed.
"""

import time
from datetime import timedelta

from flask import Flask

from portal import create_app
from portal.cases.transfer import committing
from portal.leads.transfer import committing as lead_committing
from portal.tasks import actions, queries, rules, runner


def work(app: Flask) -> None:
    """What `portal worker` does with long work, without the minutes in between."""
    for module in (rules, queries):
        module.DEAD_AFTER = timedelta(seconds=2)
    runner.BEAT_SECONDS = 0.3
    committing.PAUSE = lead_committing.PAUSE = 0.15
    assert actions.is_dead is rules.is_dead
    with app.app_context():
        while True:
            runner.work()
            time.sleep(0.05)


if __name__ == "__main__":
    work(create_app())
