"""An index for the analysis of wins and losses."""

from alembic import op

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    op.create_index('ix_cases_deals', 'cases', [
        'kind', 'created_at', 'confidence', 'audience', 'owner_id', 'team_id', 'revision',
    ])
