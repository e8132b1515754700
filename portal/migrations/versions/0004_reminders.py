"""Notifications, dated reminders, channels, calendar feeds."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    op.create_table('gateways',
    sa.Column('medium', sa.String(length=8), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('hint', sa.String(length=200), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('medium', name=op.f('pk_gateways'))
    )
    op.create_table('calendar_feeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('last_used_at', sa.DateTime(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.Column('content_digest', sa.String(length=64), nullable=True),
    sa.Column('content_changed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_calendar_feeds_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feeds')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_calendar_feeds_token_digest'))
    )
    op.create_index(op.f('ix_calendar_feeds_person_id'), 'calendar_feeds', ['person_id'], unique=False)
    op.create_table('channel_addresses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('medium', sa.String(length=8), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_channel_addresses_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel_addresses'))
    )
    op.create_index('ix_channel_addresses_person', 'channel_addresses', ['person_id', 'medium'], unique=True)
    op.create_table('channel_choices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.String(length=16), nullable=False),
    sa.Column('first', sa.String(length=8), nullable=False),
    sa.Column('second', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_channel_choices_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel_choices'))
    )
    op.create_index('ix_channel_choices_person', 'channel_choices', ['person_id', 'category'], unique=True)
    op.create_table('channel_hours',
    sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('quiet_from', sa.Time(), nullable=True),
    sa.Column('quiet_until', sa.Time(), nullable=True),
    sa.Column('digest_at', sa.Time(), nullable=False),
    sa.Column('digest_day', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_channel_hours_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_channel_hours'))
    )
    op.create_table('notifications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('handled_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_notifications_actor_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_notifications_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notifications'))
    )
    op.create_index(op.f('ix_notifications_actor_id'), 'notifications', ['actor_id'], unique=False)
    op.create_index(op.f('ix_notifications_handled_at'), 'notifications', ['handled_at'], unique=False)
    op.create_index('ix_notifications_key', 'notifications', ['person_id', 'key'], unique=True)
    op.create_index('ix_notifications_newest', 'notifications', ['person_id', 'created_at', 'id'], unique=False)
    op.create_index('ix_notifications_open', 'notifications', ['person_id', 'subject', 'handled_at'], unique=False, sqlite_where=sa.text('handled_at IS NULL'), postgresql_where=sa.text('handled_at IS NULL'))
    op.create_index(op.f('ix_notifications_subject'), 'notifications', ['subject'], unique=False)
    op.create_table('reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=True),
    sa.Column('told_at', sa.DateTime(), nullable=True),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_reminders_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders'))
    )
    op.create_index(op.f('ix_reminders_due_at'), 'reminders', ['due_at'], unique=False)
    op.create_index('ix_reminders_key', 'reminders', ['person_id', 'key'], unique=True)
    op.create_index('ix_reminders_open', 'reminders', ['person_id', 'done_at', 'due_at'], unique=False)
    op.create_index(op.f('ix_reminders_subject'), 'reminders', ['subject'], unique=False)
    op.create_table('dispatches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('notification_id', sa.Integer(), nullable=True),
    sa.Column('medium', sa.String(length=8), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('digest', sa.Boolean(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('claim', sa.String(length=32), nullable=True),
    sa.Column('claimed_at', sa.DateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('error', sa.String(length=500), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['notification_id'], ['notifications.id'], name=op.f('fk_dispatches_notification_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_dispatches_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatches')),
    sa.UniqueConstraint('key', name=op.f('uq_dispatches_key'))
    )
    op.create_index('ix_dispatches_ended', 'dispatches', ['outcome', 'ended_at'], unique=False)
    op.create_index(op.f('ix_dispatches_notification_id'), 'dispatches', ['notification_id'], unique=False)
    op.create_index(op.f('ix_dispatches_person_id'), 'dispatches', ['person_id'], unique=False)
    op.create_index('ix_dispatches_waiting', 'dispatches', ['due_at', 'id'], unique=False, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
