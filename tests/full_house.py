"""The portal with everything in it that an address may name: made once, put back for each visit."""

from typing import Any

from flask import Flask

from portal.cases.actions.cases import record_case
from portal.cases.content import CaseContent
from portal.core import clock
from portal.core.unit_of_work import transaction
from tests.architecture.endpoints import Endpoint, records_of
from tests.architecture.rooms import ROOMS, together
from tests.architecture.test_access import ROLES, term_for
from tests.characters import character
from tests.kept import Kept

NAME = "full house"
# What is hard to show: both scripts, a long address, a table, a list to tick.
BODY = (
    "# 情况\n\n- [x] 先到\n- [ ] 后到 *one* <b>two</b>\n\n| 日期 | 人 |\n|---|---|\n"
    "| 5 月 | 张 |\n\n"
    "https://example.com/a/very/long/address/that/does/not/fit/on/a/phone/at/all"
)
VISITORS = together(room.visitors for room in ROOMS)


class FullHouse:
    """Where every page is, and who may read it."""

    def __init__(self, app: Flask, records: dict[str, Any]) -> None:
        self._app = app
        self._records = records

    def address(self, endpoint: Endpoint, language: str = "en") -> str:
        """The address of the endpoint for what is there."""
        values = {**self._records, "term_id": term_for(endpoint), "language": language}
        return endpoint.address(self._app, values)

    @staticmethod
    def visitor(endpoint: Endpoint) -> str | None:
        """The login of somebody who may read it; None for the page of signing in."""
        if endpoint.name == "people.sign_in":
            return None
        roles = ROLES.get(endpoint.permission or "", {"rep"})
        login = "alice" if "rep" in roles else "admin" if "admin" in roles else "mei"
        return VISITORS.get(endpoint.permission or "", login)


def open_house(app: Flask, kept: Kept, known: dict[str, Any]) -> FullHouse:
    """The full house; `known` remembers the numbers of its records from one test to the next."""
    if NAME in kept:
        kept.put_back(NAME)
    else:
        known.update(_furnish(app))
        kept.keep(NAME)
    return FullHouse(app, known)


def _furnish(app: Flask) -> dict[str, Any]:
    with transaction():
        content = CaseContent(kind="problem", title="客户归属 who owns it", body=BODY,
                              tags=("撞单", "客户归属"), stage="needs")
        case = record_case(character("alice").actor, content, clock.now())
    return dict(records_of(app, case, character("bob"), clock.now()).everything())
