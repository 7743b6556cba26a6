from dataclasses import replace
from datetime import UTC, datetime

import pytest
from local_stripe import KEY, SECRET, LocalStripe
from paywall_clock import Clock

from paywall.settings import Settings


@pytest.fixture
def settings(settings: Settings, stripe: LocalStripe) -> Settings:
    """With an account at Stripe."""
    keys = {"stripe_key": KEY, "stripe_webhook_secret": SECRET}
    return replace(settings, stripe_api=stripe.address, **keys)


@pytest.fixture
def clock() -> Clock:
    """Stripe has its own, which is ours."""
    clock = Clock()
    clock.now = datetime.now(UTC).replace(microsecond=0)
    return clock
