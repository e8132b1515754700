"""Nothing in the timeline is changed or removed, by no path through the portal."""

import pytest
from sqlalchemy import delete, update

from portal.core.unit_of_work import transaction
from portal.customers.append_only import TimelineChangedError
from portal.customers.models import TimelineEntry
from portal.extensions import db


def texts() -> list[str]:
    db.session.rollback()
    return [entry.kind for entry in db.session.query(TimelineEntry).order_by(TimelineEntry.id)]


@pytest.mark.parametrize("statement", [
    update(TimelineEntry).values(text="never said"), delete(TimelineEntry)])
def test_not_by_a_statement(customer, alice, statement) -> None:
    customer(alice)
    before = texts()
    with pytest.raises(TimelineChangedError), transaction():
        db.session.execute(statement)
    assert before and texts() == before


@pytest.mark.parametrize("change", [
    lambda entry: setattr(entry, "text", "never said"), lambda entry: db.session.delete(entry)])
def test_not_row_by_row(customer, alice, change) -> None:
    customer(alice)
    before = texts()
    with pytest.raises(TimelineChangedError), transaction():
        change(db.session.query(TimelineEntry).first())
        db.session.flush()
    assert texts() == before
