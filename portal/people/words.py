"""The words for roles, states of an account, and what a rehearsal has to say."""

from typing import Any

from portal.core.i18n import lazy_gettext as _l
from portal.people.roster.reading import Unreadable
from portal.people.roster.verdicts import Problem

ROLE_WORDS: dict[str, Any] = {
    "rep": _l("Sales rep"), "manager": _l("Manager"), "hr": _l("HR"),
    "admin": _l("Administrator"),
}
STATE_WORDS: dict[str, Any] = {
    "active": _l("Active"), "waiting": _l("First password not changed yet"),
    "left": _l("Left"),
}
FIELD_WORDS: dict[str, Any] = {
    "name": _l("Name"), "login": _l("Login"), "role": _l("Role"), "team": _l("Team"),
    "job_title": _l("Job title"), "email": _l("E-mail"), "joined_on": _l("Joined on"),
}
VERDICT_WORDS: dict[str, Any] = {
    "error": _l("Error"), "new": _l("New"), "changed": _l("Changed"),
    "unchanged": _l("Unchanged"),
}
UNREADABLE: dict[str, Any] = {
    "large": _l("The file is larger than 1 MB. Split it and import the parts one by one."),
    "empty": _l("The file is empty."),
    "workbook": _l("This is a spreadsheet, not a CSV file. Open it and save it as CSV first."),
    "not_text": _l("This is not a text file. Save the list as CSV first."),
    "not_csv": _l("This file cannot be read as CSV. Is a quotation mark missing?"),
    "no_header": _l("There is no header line with names of columns, such as name and login."),
    "missing_column": _l("A column is missing: %(detail)s."),
    "double_column": _l("Several columns mean the same: %(detail)s. Keep one of them."),
    "no_rows": _l("There is nobody below the header line."),
    "too_many": _l("The file has more than %(detail)s rows. Split it and import the parts."),
}
PROBLEMS: dict[str, Any] = {
    "name_missing": _l("The name is missing."),
    "login_missing": _l("The login is missing."),
    "login_wrong": _l(
        "“%(value)s” is not a login: 2 to 64 letters without accents, digits or . _ - @ +"
    ),
    "double": _l("Line %(value)s has the same login; only the first one counts."),
    "left": _l("“%(value)s” left. Reactivate the account first."),
    "long": _l("Too long: %(value)s."),
    "email_wrong": _l("“%(value)s” is not an e-mail address."),
    "role_wrong": _l("“%(value)s” is not a role."),
    "joined_on_wrong": _l("“%(value)s” is not a date such as 2026-01-31."),
    "team_unknown": _l("There is no team “%(value)s”."),
    "cells": _l("More cells than columns. Is a comma not in quotation marks?"),
    "last_admin": _l("The portal would have no administrator left."),
}


def unreadable_words(error: Unreadable) -> str:
    """Why a file was refused."""
    detail = error.detail
    if error.reason == "missing_column":
        detail = ", ".join(str(FIELD_WORDS[field]) for field in detail.split())
    return str(UNREADABLE[error.reason]) % {"detail": detail}


def problem_words(problem: Problem) -> str:
    """Why a row was refused."""
    value = str(FIELD_WORDS[problem.value]) if problem.code == "long" else problem.value
    return str(PROBLEMS[problem.code]) % {"value": value}
