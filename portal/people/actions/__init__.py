"""What is done with people and teams, split by noun; each action is one use case."""

from portal.people.actions.account import (
    WrongPassword,
    change_password,
    digest,
    end_other_sign_ins,
    end_sign_in,
    end_sign_ins,
    sign_in,
)
from portal.people.actions.people import (
    PersonFacts,
    add_person,
    change_person,
    deactivate_person,
    make_manager,
    open_account,
    reactivate_person,
    reset_password,
)
from portal.people.actions.roster import import_people
from portal.people.actions.teams import dissolve_team, move_people, save_team

__all__ = [
    "PersonFacts", "WrongPassword", "add_person", "change_password", "change_person",
    "deactivate_person", "digest", "dissolve_team", "end_other_sign_ins", "end_sign_in",
    "end_sign_ins", "import_people", "make_manager", "move_people", "open_account",
    "reactivate_person", "reset_password", "save_team", "sign_in",
]
