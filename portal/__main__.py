"""The command line: `portal`, or `python -m portal`."""

import os
import sys

import click
from flask.cli import AppGroup, ScriptInfo
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from portal import create_app, features

CUSTOMARY_NAMES = ("DATABASE_URL", "SECRET_KEY", "REDIS_URL")


def main() -> None:
    """Run the command line; what is wrong with settings or folders is told in one line each."""
    # Database, index and exports hold what not everybody may read.
    os.umask(0o077)
    portal = AppGroup(
        "portal",
        help="The sales portal: what a sales department has learned, found when it is needed.",
        context_settings={"obj": ScriptInfo(create_app=create_app, set_debug_flag=False)},
    )
    for command in features.COMMANDS:
        portal.add_command(command)
    try:
        portal.main(prog_name="portal")
    except ValidationError as error:
        for problem in error.errors():
            reason = problem["msg"].removeprefix("Value error, ")
            click.echo(f"{_variable(problem['loc'])}: {reason}", err=True)
        sys.exit(2)
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        click.echo(f"The database does not answer: {reason}\nTry: portal doctor", err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(": ".join(str(part) for part in (error.strerror, error.filename) if part)
                   or str(error), err=True)
        sys.exit(2)


def _variable(location: tuple[int | str, ...]) -> str:
    """The environment variable behind a wrong setting."""
    name = "_".join(str(part) for part in location).upper()
    return name if name in CUSTOMARY_NAMES else f"PORTAL_{name}"


if __name__ == "__main__":
    main()
