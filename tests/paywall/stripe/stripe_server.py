"""Fixtures: one localstripe a worker, where nothing has happened yet."""

from collections.abc import Iterator

import pytest
from local_stripe import LocalStripe


@pytest.fixture(scope="session")
def stripe_server() -> Iterator[LocalStripe]:
    server = LocalStripe()
    yield server
    server.stop()


@pytest.fixture
def stripe(stripe_server: LocalStripe) -> LocalStripe:
    """A Stripe where nothing has happened yet."""
    stripe_server.forget()
    return stripe_server
