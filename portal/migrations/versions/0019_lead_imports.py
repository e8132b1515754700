"""Imports of leads."""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    op.create_table('lead_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sheet', sa.String(length=80), nullable=False),
    sa.Column('sheets', sa.JSON(), nullable=False),
    sa.Column('header_line', sa.Integer(), nullable=False),
    sa.Column('header', sa.JSON(), nullable=False),
    sa.Column('shape', sa.String(length=64), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('rehearsal_id', sa.Integer(), nullable=True),
    sa.Column('commit_id', sa.Integer(), nullable=True),
    sa.Column('revert_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['commit_id'], ['tasks.id'], name=op.f('fk_lead_imports_commit_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_lead_imports_person_id')),
    sa.ForeignKeyConstraint(['rehearsal_id'], ['tasks.id'], name=op.f('fk_lead_imports_rehearsal_id')),
    sa.ForeignKeyConstraint(['revert_id'], ['tasks.id'], name=op.f('fk_lead_imports_revert_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_imports')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_lead_imports_person', 'lead_imports', ['person_id', 'id'])
    op.create_table('lead_import_rows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('verdict', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('unknown', sa.JSON(), nullable=False),
    sa.Column('match_id', sa.Integer(), nullable=True),
    sa.Column('match_key', sa.String(length=8), nullable=False),
    sa.Column('match_value', sa.String(length=160), nullable=False),
    sa.Column('same_as', sa.Integer(), nullable=True),
    sa.Column('act', sa.String(length=8), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('customer_id', sa.Integer(), nullable=True),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('claim_id', sa.Integer(), nullable=True),
    sa.Column('did', sa.JSON(), nullable=False),
    sa.Column('timeline_to', sa.Integer(), nullable=True),
    sa.Column('reverted', sa.String(length=12), nullable=True),
    sa.Column('kept_because', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['lead_imports.id'], name=op.f('fk_lead_import_rows_import_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_import_rows')),
    sa.UniqueConstraint('import_id', 'line', name=op.f('uq_lead_import_rows_import_id_line'))
    )
    op.create_index('ix_lead_import_rows_customer', 'lead_import_rows', ['import_id', 'customer_id'])
    op.create_index('ix_lead_import_rows_outcome', 'lead_import_rows', ['import_id', 'outcome', 'line'])
    op.create_index('ix_lead_import_rows_verdict', 'lead_import_rows', ['import_id', 'verdict', 'line'])
