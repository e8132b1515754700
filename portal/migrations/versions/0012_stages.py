"""The stage map, gates, answers and scoring."""

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    pass
