from pathlib import Path

import pytest
from local_stripe import LocalStripe
from shop import Shop

from paywall.store.database import Database


@pytest.fixture
def shop(database: Database, stripe: LocalStripe, tmp_path: Path) -> Shop:
    """The association's books, its account at Stripe, and a clock; on both databases."""
    return Shop(database, stripe, tmp_path)
