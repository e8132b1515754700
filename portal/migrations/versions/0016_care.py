"""Care of customers."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    op.create_table('care_tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('was_dropped', sa.Boolean(), nullable=False),
    sa.Column('outcome', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_care_tasks_contact_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_care_tasks_customer_id')),
    sa.ForeignKeyConstraint(['done_by_id'], ['users.id'], name=op.f('fk_care_tasks_done_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_tasks')),
    sa.UniqueConstraint('key', name=op.f('uq_care_tasks_key')),
    sqlite_autoincrement=True
    )
    still_open = sa.text('done_at IS NULL')
    op.create_index('ix_care_tasks_customer', 'care_tasks', ['customer_id', 'done_at', 'due_on'])
    op.create_index('ix_care_tasks_open', 'care_tasks', ['due_on', 'id'],
                    sqlite_where=still_open, postgresql_where=still_open)
    op.create_table('customer_feedback',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('settled_at', sa.DateTime(), nullable=True),
    sa.Column('settlement', sa.String(length=500), nullable=False),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('void_reason', sa.String(length=500), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_customer_feedback_contact_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_customer_feedback_customer_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['users.id'], name=op.f('fk_customer_feedback_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_feedback')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_feedback_customer', 'customer_feedback', ['customer_id', 'given_on'])
    op.create_index('ix_feedback_kind', 'customer_feedback', ['kind', 'given_on', 'customer_id'])
