"""`portal duplicates`: whether two company names are the same company, key by key."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.commands.language import terminal_language
from portal.core.encoding import BOMS, NotTextError, decode
from portal.core.i18n import force_locale
from portal.core.i18n import gettext as _
from portal.customers.identity.comparing import compare_names
from portal.customers.identity.rules import BLOCK, WARN

COLUMNS = ("a", "b")
SEPARATORS = ",;\t"
# One line of a table that is no table can be long; a cell of a name is not.
LONGEST_CELL = 1_000_000


@click.command()
@click.argument("name_a", required=False)
@click.argument("name_b", required=False)
@click.option("--batch", metavar="FILE", type=click.Path(path_type=Path),
              help="CSV with the columns a and b in; JSON lines with a, b and verdict out.")
@with_appcontext
def duplicates(name_a: str | None, name_b: str | None, batch: Path | None) -> None:
    """Compare two company names: block (the same), warn (related) or different, and why.

    Nothing is looked up: this explains the rules by which the portal finds customers that are
    entered twice. A batch may be UTF-8 or GB18030.
    """
    with force_locale(terminal_language()):
        if batch is not None:
            if name_a is not None:
                raise click.UsageError(_("Give two names or --batch FILE, not both."))
            _answer_batch(batch)
        elif name_a is None or name_b is None:
            raise click.UsageError(_("Give two names, or --batch FILE."))
        else:
            _explain(name_a, name_b)


def _explain(name_a: str, name_b: str) -> None:
    comparison = compare_names(name_a, name_b)
    for why in comparison.why:
        click.echo(f"{why.key}: {why.says}")
        click.echo(f"  a  {why.a or '–'}")
        click.echo(f"  b  {why.b or '–'}")
    words = {BLOCK: _("block: the same company"), WARN: _("warn: related, or probably the same")}
    told = words.get(comparison.verdict, _("different: another company"))
    click.echo(_("Verdict: %(verdict)s", verdict=told))


def _answer_batch(path: Path) -> None:
    for a, b in _pairs(path):
        line = {"a": a, "b": b, "verdict": compare_names(a, b).verdict}
        # In UTF-8 whatever the terminal speaks: a program reads it.
        click.echo(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace"))


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    text = _text(path)
    heading = text.partition("\n")[0]
    separator = max(SEPARATORS, key=heading.count)
    usual = csv.field_size_limit(LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
        missing = [column for column in COLUMNS if column not in names]
        if missing:
            raise click.ClickException(
                _("%(file)s has no column %(columns)s; its first line must name the columns a and "
                  "b.", file=str(path), columns=", ".join(missing)))
        for row in reader:
            yield row[names["a"]] or "", row[names["b"]] or ""
    except csv.Error as error:
        raise click.ClickException(
            _("%(file)s is no CSV file: line %(line)d cannot be read (%(error)s).",
              file=str(path), line=reader.line_num, error=str(error))) from None
    finally:
        csv.field_size_limit(usual)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise click.ClickException(
            _("%(file)s could not be read: %(error)s.", file=str(path),
              error=error.strerror or str(error))) from None
    try:
        return _decoded(content)
    except (NotTextError, UnicodeDecodeError):
        raise click.ClickException(
            _("%(file)s is no text in UTF-8 or GB18030.", file=str(path))) from None


def _decoded(content: bytes) -> str:
    """A byte-order mark says which encoding it is; without one it is UTF-8, or else GB18030."""
    if any(content.startswith(bom) for bom, _name in BOMS):
        return decode(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030")
