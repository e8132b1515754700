"""What was told by, about and for the sample goes with it; what others were told stays."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal import sample
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.reminders.actions import notify, remind
from portal.reminders.models import Dispatch, Notification, Reminder

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


def test_news_of_the_sample_go_and_others_stay(record, alice, bob):
    ours = f"case:{record(alice).id}"
    sample.make()
    guest = db.session.scalars(select(User.id).where(User.is_sample)).first()
    theirs = db.session.scalars(
        select(Case.id).where(Case.is_sample, Case.audience == "everyone",
                              Case.confidence == "validated")
    ).first()
    db.session.rollback()
    with transaction():
        notify([bob.id], "case.asked", ours, NOW, key="stays", actor_id=alice.id)
        notify([bob.id], "case.asked", ours, NOW, key="by a guest", actor_id=guest)
        notify([bob.id], "case.asked", f"case:{theirs}", NOW, key="about theirs")
        notify([guest], "case.asked", ours, NOW, key="to a guest")
        remind(bob.id, "case.asked", f"case:{theirs}", NOW, NOW, key="theirs")
        remind(bob.id, "case.asked", ours, NOW, NOW, key="ours")
        remind(guest, "case.asked", ours, NOW, NOW, key="a guest's")
        told = db.session.scalars(select(Notification)).all()
        for row in told:
            db.session.add(Dispatch(key=f"x{row.id}", person_id=row.person_id, medium="mail",
                                    notification_id=row.id, due_at=NOW, created_at=NOW))
    assert sample.remove() is not None
    assert db.session.scalars(select(Notification.key)).all() == ["stays"]
    assert len(db.session.scalars(select(Dispatch)).all()) == 1
    assert db.session.scalars(select(Reminder.key)).all() == ["ours"]
