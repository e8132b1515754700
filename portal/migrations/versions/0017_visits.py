"""Visits and follow-ups."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    _visits()
    _who_takes_part()
    _what_is_said()


def _visits() -> None:
    op.create_table('visits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=True),
    sa.Column('purpose', sa.String(length=24), nullable=False),
    sa.Column('why', sa.String(length=200), nullable=False),
    sa.Column('goal', sa.String(length=300), nullable=False),
    sa.Column('arrived_at', sa.DateTime(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('end_reason', sa.String(length=500), nullable=False),
    sa.Column('copy_key', sa.String(length=40), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('is_sample', sa.Boolean(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_visits_created_by_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_visits_customer_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_visits_lead_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_visits_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visits')),
    sa.UniqueConstraint('copy_key', name=op.f('uq_visits_copy_key')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_visits_customer', 'visits', ['customer_id', 'day', 'id'])
    op.create_index('ix_visits_lead', 'visits', ['lead_id', 'day', 'id'])
    op.create_index('ix_visits_open', 'visits', ['owner_id', 'status', 'day'])
    op.create_index('ix_visits_unwritten', 'visits', ['status', 'day'])
    op.create_index('ix_visits_week', 'visits', ['owner_id', 'day', 'id'])


def _who_takes_part() -> None:
    op.create_table('visit_people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('added_at', sa.DateTime(), nullable=False),
    sa.Column('left_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['users.id'], name=op.f('fk_visit_people_added_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_visit_people_person_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_people_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_people')),
    sa.UniqueConstraint('visit_id', 'person_id', name=op.f('uq_visit_people_visit_id_person_id'))
    )
    op.create_index('ix_visit_people_person', 'visit_people', ['person_id', 'left_at', 'visit_id'])
    op.create_table('visit_contacts',
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.Column('met', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_visit_contacts_contact_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_contacts_visit_id')),
    sa.PrimaryKeyConstraint('visit_id', 'contact_id', name=op.f('pk_visit_contacts'))
    )
    op.create_index('ix_visit_contacts_contact', 'visit_contacts', ['contact_id'])


def _what_is_said() -> None:
    op.create_table('visit_reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('result', sa.String(length=8), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('worked', sa.Text(), nullable=False),
    sa.Column('not_worked', sa.Text(), nullable=False),
    sa.Column('next_step', sa.String(length=200), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_reviews_visit_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['users.id'], name=op.f('fk_visit_reviews_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_reviews')),
    sa.UniqueConstraint('visit_id', 'number', name=op.f('uq_visit_reviews_visit_id_number')),
    sqlite_autoincrement=True
    )
    op.create_table('visit_comments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_visit_comments_author_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_comments_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_comments')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_visit_comments_visit', 'visit_comments', ['visit_id', 'id'])
