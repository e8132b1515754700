"""The whole policy on one page: every permission, who has it, and who is told that it exists."""

from collections.abc import Iterator

from portal.core.access import Permission
from portal.policy import ROOMS


def page() -> Iterator[str]:
    """Room by room; ` 404` names the permission without which the record is not even seen."""
    for room in ROOMS:
        yield f"{room.__name__.rpartition('.')[2]}: {room.__doc__}"
        for name, row in room.POLICY.items():
            yield f"  {name:<22} {_who(row)}"


def _who(row: Permission) -> str:
    said = row.check.__doc__ or row.check.__name__.replace("_", " ")
    who = " ".join(said.split())
    return f"{who} [else 404: {row.sees}]" if row.sees else who


if __name__ == "__main__":
    print("\n".join(page()))
