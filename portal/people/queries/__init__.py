"""Reads of people and teams, split by noun."""

from portal.people.queries.people import (
    PeopleFilter,
    accounts,
    actor_for,
    live_sign_in,
    people,
    people_with_ids,
    sign_ins_of,
    user_by_login,
    users_by_login,
)
from portal.people.queries.teams import (
    TeamNode,
    head_counts,
    leader_candidates,
    led_directly_by,
    left_in,
    team_forest,
    team_tree,
    teams,
    teams_below,
    teams_with_depth,
    teams_with_ids,
)

__all__ = [
    "PeopleFilter", "TeamNode", "accounts", "actor_for", "head_counts", "leader_candidates",
    "led_directly_by", "left_in", "live_sign_in", "people", "people_with_ids", "sign_ins_of",
    "team_forest", "team_tree", "teams", "teams_below", "teams_with_depth", "teams_with_ids",
    "user_by_login", "users_by_login",
]
