"""Where a merged case stands now."""

from portal.cases.models import Case

# More than anybody merges one after the other; ends the walk through damaged rows as well.
MOST_STEPS = 100


def kept_case(case: Case) -> Case:
    """The case into which this one went, and that one went, and so on; itself when it was not
    merged."""
    for _step in range(MOST_STEPS):
        if case.merged_into is None:
            break
        case = case.merged_into
    return case
