"""Working days, editable numbers, difficulty alerts."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.create_table('options',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['users.id'],
                            name=op.f('fk_options_changed_by_id')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_options'))
    )
    op.create_table('calendar_days',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('working', sa.Boolean(), nullable=False),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['users.id'],
                            name=op.f('fk_calendar_days_changed_by_id')),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_days'))
    )
    _alerts()


def _alerts() -> None:
    people = ('raised_by_id', 'manager_id', 'handed_to_id', 'answered_by_id')
    op.create_table('alerts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('raised_by_id', sa.Integer(), nullable=False),
    sa.Column('raised_at', sa.DateTime(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('manager_id', sa.Integer(), nullable=True),
    sa.Column('handed_to_id', sa.Integer(), nullable=True),
    sa.Column('level_since', sa.DateTime(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.Column('solved_at', sa.DateTime(), nullable=True),
    sa.Column('source_ref', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_alerts_case_id')),
    *[sa.ForeignKeyConstraint([name], ['users.id'], name=op.f(f'fk_alerts_{name}'))
      for name in people],
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alerts')),
    sa.UniqueConstraint('case_id', name=op.f('uq_alerts_case_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_alerts_open', 'alerts',
                    ['answered_at', 'withdrawn_at', 'solved_at', 'due_at'])
    for name in ('raised_by_id', 'manager_id', 'handed_to_id', 'source_ref'):
        op.create_index(op.f(f'ix_alerts_{name}'), 'alerts', [name])
    op.create_table('alert_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('what', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('to_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['alert_id'], ['alerts.id'], name=op.f('fk_alert_steps_alert_id'),
                            ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_alert_steps_person_id')),
    sa.ForeignKeyConstraint(['to_id'], ['users.id'], name=op.f('fk_alert_steps_to_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_steps'))
    )
    op.create_index(op.f('ix_alert_steps_alert_id'), 'alert_steps', ['alert_id'])
