"""`portal rekey`: by what customers are known, computed anew after the rules for it changed."""

import sys
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from portal.commands.language import terminal_language
from portal.core.i18n import force_locale, ngettext
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.customers.identity import rekeying
from portal.customers.identity.rekeying import Pair, Survey
from portal.customers.identity.rules import CODE, NAME, PHONE
from portal.customers.models import Customer
from portal.extensions import db

# More than that nobody reads at once; when they are settled, the next ones are told.
MOST_PAIRS = 200
Result = TypeVar("Result")
KEYS = {NAME: _l("name"), PHONE: _l("phone"), CODE: _l("credit code")}


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@with_appcontext
def rekey(dry_run: bool) -> None:
    """Compute the keys by which customers are known again (names, phones, credit codes) anew.

    Needed after the rules changed: another area code of the office, an update of the portal. It
    may run while the portal serves and changes nothing but the keys. Customers that are the same
    by the new rules are listed; each of them stays, and people decide.
    """
    with force_locale(terminal_language()):
        with reading_only():
            total = db.session.scalar(select(func.count()).select_from(Customer).where(
                Customer.voided_at.is_(None))) or 0
        found = _shown(total, _("Comparing"), rekeying.survey)
        if not dry_run:
            _shown(total, _("Writing"), rekeying.rekey)
        _tell(found, dry_run)


def _shown(
    total: int, label: str, work: Callable[[Callable[[int], None]], Result]
) -> Result:
    with click.progressbar(length=total, label=label, hidden=not sys.stdout.isatty()) as bar:
        return work(bar.update)


def _tell(found: Survey, dry_run: bool) -> None:
    told = {"customers": found.customers, "changed": found.changed, "new": found.new,
            "gone": found.gone}
    click.echo(_("Of %(customers)d customers %(changed)d would have other keys: %(new)d new, "
                 "%(gone)d gone. Nothing is changed.", **told) if dry_run else
               _("Of %(customers)d customers %(changed)d have other keys now: %(new)d new, "
                 "%(gone)d gone.", **told))
    if not found.pairs:
        click.echo(_("No two customers are the same by these rules."))
        return
    click.echo(ngettext("%(num)d pair of customers is the same by these rules; both stay:",
                        "%(num)d pairs of customers are the same by these rules; all stay:",
                        len(found.pairs)))
    shown = found.pairs[:MOST_PAIRS]
    names = _names({each for pair in shown for each in pair[:2]})
    for pair in shown:
        click.echo("  " + _line(pair, names))
    if len(found.pairs) > len(shown):
        click.echo(_("  … and %(count)d more", count=len(found.pairs) - len(shown)))


def _line(pair: Pair, names: Mapping[int, str]) -> str:
    return _("%(a)s (customer %(first)d) and %(b)s (customer %(second)d): same %(key)s %(value)s",
             a=names.get(pair.first, "?"), first=pair.first, b=names.get(pair.second, "?"),
             second=pair.second, key=KEYS[pair.kind], value=pair.value)


def _names(ids: Collection[int]) -> Mapping[int, str]:
    with reading_only():
        return {row.id: row.name for row in db.session.execute(
            select(Customer.id, Customer.name).where(Customer.id.in_(ids)))}
