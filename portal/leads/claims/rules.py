"""What a duplicate claim can be, and who decides it (L4)."""

from collections.abc import Collection, Iterable, Sequence

# Kept with everything that was typed; sent with evidence; decided; given up.
TYPED, SENT, DECIDED, WITHDRAWN = "typed", "sent", "decided", "withdrawn"
STATES = (TYPED, SENT, DECIDED, WITHDRAWN)
# Whose the customer is: the claimant's from now on; it stays; both work together under its owner;
# they are two different companies.
MOVES, STAYS, TOGETHER, BOTH = "moves", "stays", "together", "both"
OUTCOMES = (MOVES, STAYS, TOGETHER, BOTH)
LONGEST_REASON, LONGEST_NOTE = 2_000, 2_000
MOST_PHOTOS, MOST_EVIDENCE = 6, 20


def decider(
    claimant_leaders: Sequence[int], owner_leaders: Collection[int], heads: Iterable[int],
    managers: Iterable[int], *, parties: Collection[int], at_work: Collection[int],
) -> int | None:
    """Who decides: the lowest leader whom claimant and owner have in common.

    Where they have none, one of the heads of the department, else one manager; never one of the
    two `parties`, and nobody who has left. `claimant_leaders` stand nearest first.
    """
    common = [each for each in claimant_leaders if each in owner_leaders]
    for candidates in (common, sorted(heads), sorted(managers)):
        for each in candidates:
            if each in at_work and each not in parties:
                return each
    return None
