"""The stage map's versions, what leads answered, reviews at gates, and versions of scoring."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'

IS_ASKED = sa.text("status = 'asked'")


def upgrade() -> None:
    """Until an administrator changes something, what the portal ships with holds: nothing is
    filled in."""
    _versions()
    _answers()
    _reviews()


def _versions() -> None:
    op.create_table('stage_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_stage_versions_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_versions')),
    sa.UniqueConstraint('code', 'number', name=op.f('uq_stage_versions_code_number')),
    sqlite_autoincrement=True
    )
    op.create_table('scoring_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_scoring_versions_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scoring_versions')),
    sa.UniqueConstraint('number', name=op.f('uq_scoring_versions_number')),
    sqlite_autoincrement=True
    )


def _answers() -> None:
    op.create_table('stage_answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=64), nullable=False),
    sa.Column('item', sa.String(length=40), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['users.id'], name=op.f('fk_stage_answers_answered_by_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_stage_answers_lead_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_answers')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_stage_answers_lead', 'stage_answers', ['lead_id', 'id'])


def _reviews() -> None:
    op.create_table('stage_reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=64), nullable=False),
    sa.Column('gate', sa.String(length=40), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['users.id'], name=op.f('fk_stage_reviews_asked_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_stage_reviews_decided_by_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_stage_reviews_lead_id')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['users.id'], name=op.f('fk_stage_reviews_reviewer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_reviews')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_stage_reviews_asker', 'stage_reviews', ['status', 'asked_by_id'])
    op.create_index('ix_stage_reviews_lead', 'stage_reviews', ['lead_id', 'id'])
    op.create_index('ix_stage_reviews_reviewer', 'stage_reviews', ['status', 'reviewer_id'])
    op.create_index('uq_stage_reviews_asked', 'stage_reviews', ['lead_id', 'stage', 'gate'],
                    unique=True, sqlite_where=IS_ASKED, postgresql_where=IS_ASKED)
