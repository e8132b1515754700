"""The `portal` command, one file a verb; `portal/features.py` lists the verbs."""

import click
from flask.cli import FlaskGroup


def main() -> None:
    """Run the command line; settings that are wrong are told in one line each."""
    from pydantic import ValidationError

    from portal import create_app

    @click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False,
                 load_dotenv=False, add_version_option=False)
    def portal() -> None:
        """The sales portal: what a sales department has learned, found again when needed."""

    try:
        portal.main(prog_name="portal")
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper()
            prefix = "" if name in ("DATABASE_URL", "SECRET_KEY", "REDIS_URL") else "PORTAL_"
            click.echo(f"{prefix}{name}: {problem['msg']}", err=True)
        raise SystemExit(2) from None
    except OSError as error:
        click.echo(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True)
        raise SystemExit(2) from None
