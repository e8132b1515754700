"""Long work with progress, imports row by row."""

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    pass
