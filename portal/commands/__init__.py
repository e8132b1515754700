"""The `portal` command, one file a verb."""

from collections.abc import Sequence

import click

COMMANDS: Sequence[click.Command] = ()
