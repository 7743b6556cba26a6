"""Orders keep the day on which they were placed, when they are asked for again"""

import sqlalchemy as sa
from alembic import op

from paywall.store.schema import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this version."""
    op.add_column("order", sa.Column("asked_again_at", Instant(), nullable=True))
