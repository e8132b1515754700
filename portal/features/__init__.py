"""The explicit list of what the portal consists of, part by part."""

from collections.abc import Iterable, Sequence

import click

from portal.commands.demo import demo
from portal.commands.doctor import doctor
from portal.commands.duplicates import duplicates
from portal.commands.export_library import export_command
from portal.commands.import_library import import_command
from portal.commands.init import init
from portal.commands.reindex import reindex
from portal.commands.rekey import rekey
from portal.commands.search import search as search_command
from portal.commands.serve import serve
from portal.commands.start import start
from portal.commands.worker import worker
from portal.core.templating import Entry
from portal.features.gives import Gives, together
from portal.features.house import HOUSE
from portal.features.library import LIBRARY
from portal.features.navigation import sidebar
from portal.features.reactions import AFTERWARDS, DURING
from portal.features.selling import SELLING

COMMANDS: Sequence[click.Command] = (
    init, demo, doctor, duplicates, export_command, import_command, reindex, rekey, search_command,
    serve, start, worker,
)

# On the start page what a record itself says counts before the reminder of it.
ALL = together(LIBRARY, SELLING, HOUSE, Gives(during=DURING, afterwards=AFTERWARDS))


def navigation() -> Iterable[Entry]:
    """The sidebar of the person who asks."""
    return sidebar(ALL.places)


__all__ = ["ALL", "COMMANDS", "navigation"]
