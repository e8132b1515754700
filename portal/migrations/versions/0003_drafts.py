"""What is being written; urgent, merged and reviewed cases; files before they have a case."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    op.create_table('drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('form', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('tab', sa.String(length=64), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('sent_ref', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_drafts_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drafts')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_drafts_key', 'drafts', ['person_id', 'key'], unique=True)
    op.create_index('ix_drafts_open', 'drafts', ['person_id', 'ended_at', 'saved_at'])

    op.add_column('cases', sa.Column('urgent', sa.Boolean(), nullable=False,
                                     server_default=sa.false()))
    op.add_column('cases', sa.Column('not_helped', sa.Integer(), nullable=False,
                                     server_default='0'))
    op.add_column('cases', sa.Column('validated_at', sa.DateTime(), nullable=True))
    add_reference('cases', 'validated_by_id', 'users')
    add_reference('cases', 'merged_into_id', 'cases')
    op.create_index(op.f('ix_cases_merged_into_id'), 'cases', ['merged_into_id'])

    op.add_column('reuses', sa.Column('source_ref', sa.String(length=64), nullable=True))
    op.add_column('reuses', sa.Column('outcome', sa.String(length=16), nullable=True))
    op.add_column('reuses', sa.Column('outcome_note', sa.String(length=500), nullable=False,
                                      server_default=''))
    op.add_column('reuses', sa.Column('outcome_at', sa.DateTime(), nullable=True))

    with op.batch_alter_table('attachments', table_kwargs={'sqlite_autoincrement': True}) as table:
        table.alter_column('case_id', existing_type=sa.Integer(), nullable=True)
    add_reference('attachments', 'draft_id', 'drafts')
    op.create_index(op.f('ix_attachments_draft_id'), 'attachments', ['draft_id'])


def add_reference(table: str, column: str, target: str) -> None:
    """A column that refers to another table: SQLite adds the two only together."""
    op.execute(f'ALTER TABLE {table} ADD COLUMN {column} INTEGER '
               f'CONSTRAINT fk_{table}_{column} REFERENCES {target} (id)')
