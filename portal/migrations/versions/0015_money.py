"""Receivables and payments."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    op.create_table('receivables',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('amount', sa.Numeric(precision=14, scale=2), nullable=False),
    sa.Column('paid', sa.Numeric(precision=14, scale=2), nullable=False),
    sa.Column('billed_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('collect_by', sa.Date(), nullable=False),
    sa.Column('paid_off_on', sa.Date(), nullable=True),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_receivables_created_by_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_receivables_customer_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_receivables_lead_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receivables')),
    sqlite_autoincrement=True
    )
    still_open = sa.text('paid_off_on IS NULL AND voided_at IS NULL')
    op.create_index('ix_receivables_lead', 'receivables', ['lead_id', 'due_on'])
    op.create_index('ix_receivables_customer', 'receivables', ['customer_id', 'due_on'])
    op.create_index('ix_receivables_open', 'receivables', ['due_on', 'id'],
                    sqlite_where=still_open, postgresql_where=still_open)
    paid_off = sa.text('paid_off_on IS NOT NULL')
    op.create_index('ix_receivables_paid_off', 'receivables', ['paid_off_on', 'id'],
                    sqlite_where=paid_off, postgresql_where=paid_off)
    op.create_index('ix_receivables_collect_by', 'receivables', ['collect_by', 'voided_at'])
    op.create_table('payments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('receivable_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.Numeric(precision=14, scale=2), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_payments_created_by_id')),
    sa.ForeignKeyConstraint(['receivable_id'], ['receivables.id'], name=op.f('fk_payments_receivable_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payments')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_payments_receivable', 'payments', ['receivable_id', 'paid_on'])
