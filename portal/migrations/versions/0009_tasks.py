"""Long work with progress, imports row by row."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    op.create_table('tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('message', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('worker', sa.String(length=40), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('cancel_asked_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=True),
    sa.Column('beat_at', sa.DateTime(), nullable=True),
    sa.Column('finished_at', sa.DateTime(), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('input', sa.JSON(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_tasks_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks')),
    sqlite_autoincrement=True
    )
    running = sa.text("status = 'running'")
    op.create_index('uq_tasks_running', 'tasks', ['kind'], unique=True, sqlite_where=running,
                    postgresql_where=running)
    op.create_index('ix_tasks_status', 'tasks', ['status', 'id'])
    op.create_index('ix_tasks_person', 'tasks', ['person_id', 'id'])
    _imports()
    _rows()


def _imports() -> None:
    op.create_table('case_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('format', sa.String(length=8), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('shape', sa.String(length=64), nullable=True),
    sa.Column('header', sa.JSON(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=True),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('made_tags', sa.JSON(), nullable=False),
    sa.Column('rehearsal_id', sa.Integer(), nullable=True),
    sa.Column('commit_id', sa.Integer(), nullable=True),
    sa.Column('revert_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_case_imports_person_id')),
    sa.ForeignKeyConstraint(['rehearsal_id'], ['tasks.id'], name=op.f('fk_case_imports_rehearsal_id')),
    sa.ForeignKeyConstraint(['commit_id'], ['tasks.id'], name=op.f('fk_case_imports_commit_id')),
    sa.ForeignKeyConstraint(['revert_id'], ['tasks.id'], name=op.f('fk_case_imports_revert_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_imports')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_case_imports_person', 'case_imports', ['person_id', 'id'])
    op.create_table('import_mappings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('shape', sa.String(length=64), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_import_mappings_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_mappings')),
    sa.UniqueConstraint('user_id', 'shape', name=op.f('uq_import_mappings_user_id_shape'))
    )


def _rows() -> None:
    op.create_table('case_import_rows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('verdict', sa.String(length=16), nullable=False),
    sa.Column('ref', sa.String(length=140), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('owner', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('unknown', sa.JSON(), nullable=False),
    sa.Column('alike', sa.JSON(), nullable=False),
    sa.Column('outcome', sa.String(length=16), nullable=True),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('text_id', sa.Integer(), nullable=True),
    sa.Column('revision_before', sa.Integer(), nullable=True),
    sa.Column('revision_after', sa.Integer(), nullable=True),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.Column('reverted', sa.String(length=16), nullable=True),
    sa.Column('reverted_at', sa.DateTime(), nullable=True),
    sa.Column('kept_because', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['case_imports.id'], name=op.f('fk_case_import_rows_import_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_import_rows_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_import_rows')),
    sa.UniqueConstraint('import_id', 'number', name=op.f('uq_case_import_rows_import_id_number'))
    )
    op.create_index('ix_case_import_rows_verdict', 'case_import_rows',
                    ['import_id', 'verdict', 'number'])
    op.create_index('ix_case_import_rows_outcome', 'case_import_rows',
                    ['import_id', 'outcome', 'number'])
    op.create_index(op.f('ix_case_import_rows_case_id'), 'case_import_rows', ['case_id'])
