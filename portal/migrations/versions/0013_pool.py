"""The pool and how leads are handed out."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    op.create_table('pool_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_pool_steps_actor_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_pool_steps_lead_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_pool_steps_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pool_steps')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_pool_steps_lead', 'pool_steps', ['lead_id', 'id'])
    op.create_index('ix_pool_steps_person', 'pool_steps', ['person_id', 'what', 'at'])
    op.create_index('ix_pool_steps_what', 'pool_steps', ['what', 'at'])
    op.create_table('allocation_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('regions', sa.JSON(), nullable=False),
    sa.Column('industries', sa.JSON(), nullable=False),
    sa.Column('channels', sa.JSON(), nullable=False),
    sa.Column('products', sa.JSON(), nullable=False),
    sa.Column('people', sa.JSON(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('last_person_id', sa.Integer(), nullable=True),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['users.id'], name=op.f('fk_allocation_rules_changed_by_id')),
    sa.ForeignKeyConstraint(['last_person_id'], ['users.id'], name=op.f('fk_allocation_rules_last_person_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['allocation_rules.id'], name=op.f('fk_allocation_rules_replaces_id')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_allocation_rules_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allocation_rules')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_allocation_rules_position'), 'allocation_rules', ['position'])
