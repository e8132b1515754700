"""Which part of the link rate an address asks about."""


from flask import request

from portal.people.rules import Actor


def part_asked(actor: Actor) -> tuple[str, frozenset[int] | None]:
    """The month, and the teams; None for all of them."""
    month, team = request.args.get("month", "")[:7], request.args.get("team", "")
    if not team:
        return month, None
    number = int(team) if team.isascii() and team.isdigit() and len(team) < 10 else 0
    return month, actor.tree.subtree(number) & frozenset(actor.tree.chains())
