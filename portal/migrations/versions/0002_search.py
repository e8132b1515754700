"""Search: its log, editable synonyms, reuse, asked persons, words inside files."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('attachment_texts',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('read_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_attachment_texts'))
    )
    op.create_table('gap_decisions',
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('verdict', sa.String(length=16), nullable=False),
    sa.Column('ref', sa.String(length=64), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_gap_decisions_decided_by_id')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_gap_decisions'))
    )
    op.create_table('searches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('surface', sa.String(length=16), nullable=False),
    sa.Column('narrowed', sa.Boolean(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('searched_at', sa.DateTime(), nullable=False),
    sa.Column('opened_ref', sa.String(length=64), nullable=True),
    sa.Column('opened_rank', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_searches_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_searches'))
    )
    with op.batch_alter_table('searches', schema=None) as batch_op:
        batch_op.create_index('ix_searches_asked', ['key', 'searched_at', 'person_id', 'surface', 'narrowed', 'total', 'opened_ref'], unique=False)
        batch_op.create_index('ix_searches_recent', ['person_id', 'searched_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_searches_searched_at'), ['searched_at'], unique=False)

    op.create_table('synonym_groups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('phrases', sa.JSON(), nullable=False),
    sa.Column('shipped_key', sa.String(length=64), nullable=True),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['users.id'], name=op.f('fk_synonym_groups_changed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_synonym_groups')),
    sa.UniqueConstraint('shipped_key', name=op.f('uq_synonym_groups_shipped_key')),
    sqlite_autoincrement=True
    )
    op.create_table('reuses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(length=16), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('reused_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_reuses_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_reuses_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reuses'))
    )
    with op.batch_alter_table('reuses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reuses_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reuses_person_id'), ['person_id'], unique=False)

    op.add_column('cases', sa.Column('reused', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('cases', sa.Column('used', sa.Integer(), nullable=False, server_default='0'))
    op.execute('UPDATE cases SET used = helped')
    op.drop_index('ix_cases_helpful', table_name='cases')
    op.create_index('ix_cases_used', 'cases', ['used', 'id'], unique=False)
    # SQLite adds a reference only together with its column; a copy of the table would meet the
    # foreign keys that point at it.
    op.execute('ALTER TABLE cases ADD COLUMN asked_id INTEGER '
               'CONSTRAINT fk_cases_asked_id REFERENCES users (id)')
    op.create_index(op.f('ix_cases_asked_id'), 'cases', ['asked_id'], unique=False)
