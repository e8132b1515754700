"""What can be followed, as a plain text: "case:12", "tag:34", "stage:needs"."""

import re

from portal.cases.models import Case

# The fields of a case whose entries can be followed; a tag is followed by its id, because its
# code changes with its wording.
FIELDS = ("stage", "industry", "product", "region")
LISTS = ("tag", *FIELDS)
TARGET = re.compile(r"(?:case|tag):[1-9][0-9]{0,8}|(?:stage|industry|product|region):\S.{0,63}")


def of_case(case: Case) -> str:
    return f"case:{case.id}"


def around(case: Case) -> list[str]:
    """Everything that somebody who wants to hear of this case may follow."""
    return [of_case(case), *terms_of(case)]


def terms_of(case: Case) -> list[str]:
    """Its tags, stage, industry, product and region."""
    found = [f"tag:{tag.id}" for tag in case.tags]
    return found + [f"{field}:{code}" for field in FIELDS if (code := getattr(case, field))]
