"""Flags on cases, and who answers for them."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    op.add_column('cases', sa.Column('validated_revision', sa.Integer(), nullable=True))
    # What is validated now was vouched for as it stands.
    op.execute("UPDATE cases SET validated_revision = revision WHERE confidence = 'validated'")
    waits = sa.text("confidence = 'not_validated'")
    op.create_index('ix_cases_to_validate', 'cases', ['created_at', 'id'],
                    sqlite_where=waits, postgresql_where=waits)
    op.drop_index('ix_cases_owner', 'cases')
    op.create_index('ix_cases_owner', 'cases', ['owner_id', 'confidence', 'verified_until'])
    op.create_index(op.f('ix_reuses_reused_at'), 'reuses', ['reused_at'])

    op.create_table('verifications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_verifications_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_verifications_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verifications')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_verifications_case_id'), 'verifications', ['case_id'])

    op.create_table('case_flags',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=16), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('duplicate_of_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('resolved_at', sa.DateTime(), nullable=True),
    sa.Column('resolved_by_id', sa.Integer(), nullable=True),
    sa.Column('resolution', sa.String(length=16), nullable=True),
    sa.Column('answer', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_flags_case_id')),
    sa.ForeignKeyConstraint(['duplicate_of_id'], ['cases.id'],
                            name=op.f('fk_case_flags_duplicate_of_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_case_flags_person_id')),
    sa.ForeignKeyConstraint(['resolved_by_id'], ['users.id'],
                            name=op.f('fk_case_flags_resolved_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_flags')),
    sqlite_autoincrement=True
    )
    still_open = sa.text('resolved_at IS NULL')
    op.create_index('ix_case_flags_one_open', 'case_flags', ['case_id', 'person_id'], unique=True,
                    sqlite_where=still_open, postgresql_where=still_open)
    op.create_index('ix_case_flags_open', 'case_flags', ['resolved_at', 'case_id'])
    op.create_index(op.f('ix_case_flags_case_id'), 'case_flags', ['case_id'])
    op.create_index(op.f('ix_case_flags_person_id'), 'case_flags', ['person_id'])

    op.create_table('handovers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('team_before', sa.Integer(), nullable=True),
    sa.Column('byline_before', sa.String(length=120), nullable=True),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_handovers_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_handovers_case_id')),
    sa.ForeignKeyConstraint(['from_id'], ['users.id'], name=op.f('fk_handovers_from_id')),
    sa.ForeignKeyConstraint(['to_id'], ['users.id'], name=op.f('fk_handovers_to_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handovers')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_handovers_batch'), 'handovers', ['batch'])
    op.create_index(op.f('ix_handovers_case_id'), 'handovers', ['case_id'])
