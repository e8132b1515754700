"""Photos of claims are files like others: nobody sweeps them away, and the doctor misses them."""

import time

from sqlalchemy import delete

from portal.cases.actions.stored_files import path_of
from portal.cases.file_sweep import remove_unnamed
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.claims.models import ClaimPhoto


def test_named_bytes_stay_and_others_go(app, sent, again):
    folder = app.extensions["settings"].files
    path = path_of(again(sent).evidence[0].photos[0].sha256, folder)
    remove_unnamed(time.time() + 60)
    assert path.exists()
    with transaction():
        db.session.execute(delete(ClaimPhoto))
    remove_unnamed(time.time() + 60)
    assert not path.exists()
