"""How long the rehearsal of a large import takes in a large department.

    python tests/bench/importing.py --data /tmp/large

Rehearses a file of 20,000 rows against the portal that `leads.py` filled: every second row is a
customer that is there already, by name or by phone. The import stays, and nothing comes of it.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
from pathlib import Path

import labelled  # noqa: F401  (measures the code beside this file)
from department import HEAD, PASSWORD
from measuring import memory_mb, timed
from sqlalchemy import select

from portal import create_app
from portal.config import Settings
from portal.customers.models import Contact, Customer
from portal.extensions import db

ROWS = 20_000


def file_of(rows: int) -> bytes:
    """So many rows: new companies between those that are there."""
    query = select(Customer.name, Contact.phone).join(Contact).order_by(Customer.id)
    known = db.session.execute(query.limit(rows)).all()
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["公司名称", "电话", "联系人"])
    for number in range(rows):
        name, phone = known[number % len(known)]
        new = f"昆山新远{number}精密有限公司", f"139{number * 991 % 10**8:08}"
        writer.writerow([*((name, phone) if number % 2 else new), "王经理"])
    return out.getvalue().encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=ROWS)
    options = parser.parse_args()
    app = create_app(Settings(data=options.data, jobs="inline"))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        content = file_of(options.rows)
    browser = app.test_client()
    browser.post("/sign-in", data={"login": HEAD, "password": PASSWORD})
    sent = browser.post("/leads/import", data={"file": (io.BytesIO(content), "leads.csv")})
    found = re.search(r"/imports/(\d+)", sent.location)
    assert found, sent.status
    fields = {"column-0": "company", "column-1": "phone", "column-2": "contact"}
    answers = []
    wall, processor = timed(lambda: answers.append(browser.post(
        f"/leads/imports/{found[1]}/columns", data=fields)))
    assert answers[0].status_code == 303, answers[0].status
    print(f"{options.rows} rows rehearsed in {wall / 1000:.1f} s, {processor / 1000:.1f} s of the "
          f"processor; {memory_mb()[1]:.0f} MB of its own")


if __name__ == "__main__":
    main()
