"""Merged cases and how they come apart; small pictures of large ones."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    op.create_table('merges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('into_id', sa.Integer(), nullable=False),
    sa.Column('merged_by_id', sa.Integer(), nullable=False),
    sa.Column('merged_at', sa.DateTime(), nullable=False),
    sa.Column('moved', sa.JSON(), nullable=False),
    sa.Column('edited_revision', sa.Integer(), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_merges_case_id')),
    sa.ForeignKeyConstraint(['into_id'], ['cases.id'], name=op.f('fk_merges_into_id')),
    sa.ForeignKeyConstraint(['merged_by_id'], ['users.id'], name=op.f('fk_merges_merged_by_id')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['users.id'], name=op.f('fk_merges_undone_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merges')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_merges_case_id'), 'merges', ['case_id'])
    op.create_index('ix_merges_into', 'merges', ['into_id', 'undone_at'])

    op.create_table('thumbnails',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('made', sa.Boolean(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_thumbnails'))
    )
