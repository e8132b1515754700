"""Numbers of pages come from indexes alone; a receivable knows its currency."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'

OPEN = {'where': sa.text('paid_off_on IS NULL AND voided_at IS NULL')}
PAID = {'where': sa.text('paid_off_on IS NOT NULL')}


def upgrade() -> None:
    op.add_column('receivables', sa.Column(
        'currency', sa.String(length=3), server_default='CNY', nullable=False))
    op.execute(
        'UPDATE receivables SET currency = '
        '(SELECT leads.currency FROM leads WHERE leads.id = receivables.lead_id)')
    _replace('ix_receivables_open', 'receivables',
             ['due_on', 'id', 'lead_id', 'customer_id', 'currency', 'amount', 'paid',
              'paid_off_on', 'voided_at'], **OPEN)
    _replace('ix_receivables_paid_off', 'receivables',
             ['paid_off_on', 'id', 'lead_id', 'customer_id', 'voided_at'], **PAID)
    _replace('ix_receivables_collect_by', 'receivables',
             ['collect_by', 'voided_at', 'lead_id', 'customer_id', 'currency', 'amount', 'id'])
    _replace('ix_leads_closed', 'leads',
             ['status', 'closed_at', 'owner_id', 'stage', 'channel', 'currency',
              'contract_amount', 'amount', 'customer_id'])
    _replace('ix_leads_newest', 'leads',
             ['status', 'created_at', 'id', 'customer_id', 'owner_id', 'channel', 'score'])
    _replace('ix_lead_moves_at', 'lead_moves',
             ['from_stage', 'to_stage', 'at', 'stayed_seconds', 'lead_id'],
             new='ix_lead_moves_counted')


def _replace(
    name: str, table: str, columns: Sequence[str], *, new: str = '', **options: Any
) -> None:
    where = options.get('where')
    op.drop_index(name, table)
    op.create_index(new or name, table, list(columns), sqlite_where=where,
                    postgresql_where=where)
