"""Duplicate claims."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    op.create_table('claims',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('claimant_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('typed', sa.JSON(), nullable=False),
    sa.Column('keys', sa.JSON(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('decider_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['claimant_id'], ['users.id'], name=op.f('fk_claims_claimant_id')),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_claims_customer_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_claims_decided_by_id')),
    sa.ForeignKeyConstraint(['decider_id'], ['users.id'], name=op.f('fk_claims_decider_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_claims_lead_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_claims_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claims')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_claims_claimant', 'claims', ['claimant_id', 'state', 'id'])
    op.create_index('ix_claims_customer', 'claims', ['customer_id', 'state'])
    op.create_index('ix_claims_decider', 'claims', ['decider_id', 'state', 'sent_at'])
    op.create_index('ix_claims_owner', 'claims', ['owner_id', 'state', 'id'])
    op.create_index('ix_claims_state', 'claims', ['state', 'sent_at', 'id'])
    _evidence()


def _evidence() -> None:
    op.create_table('claim_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('reaches', sa.String(length=80), nullable=False),
    sa.Column('decision_role', sa.String(length=24), nullable=False),
    sa.Column('met_on', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['claims.id'], name=op.f('fk_claim_evidence_claim_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_claim_evidence_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim_evidence')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_claim_evidence_claim_id'), 'claim_evidence', ['claim_id'])
    op.create_table('claim_photos',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['claim_evidence.id'], name=op.f('fk_claim_photos_evidence_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim_photos')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_claim_photos_evidence_id'), 'claim_photos', ['evidence_id'])
    op.create_index(op.f('ix_claim_photos_sha256'), 'claim_photos', ['sha256'])
