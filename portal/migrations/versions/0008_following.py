"""Following and bookmarks."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_table('follows',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('target', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('merge_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_follows_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'target', name=op.f('pk_follows'))
    )
    op.create_index('ix_follows_target', 'follows', ['target'])
    op.create_table('bookmarks',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('merge_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_bookmarks_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_bookmarks_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'case_id', name=op.f('pk_bookmarks'))
    )
    op.create_index(op.f('ix_bookmarks_case_id'), 'bookmarks', ['case_id'])
    op.create_table('following_choices',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('by_itself', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'],
                            name=op.f('fk_following_choices_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_following_choices'))
    )
