"""A magazine that sells, with its Stripe, its mail and its time: each journey has its own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from chromium import is_required
from demo_site import DemoSite, served
from local_stripe import KEY, SECRET, LocalStripe
from moved_time import LIBRARY, MISSING, MovedTime
from playwright.sync_api import BrowserContext
from post_office import PostOffice
from watch import Watch

from paywall.money.webhook import STRIPE_PATH

FIRST_DAY = datetime(2026, 11, 1, 12, tzinfo=UTC)
"""Issue 812 appears; 811 appeared in September."""


@pytest.fixture
def moved_time(tmp_path: Path) -> MovedTime:
    if not LIBRARY.exists():
        (pytest.fail if is_required() else pytest.skip)(MISSING)
    return MovedTime(tmp_path / "time", FIRST_DAY)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    yield office
    office.close()


@pytest.fixture
def stripe(moved_time: MovedTime) -> Iterator[LocalStripe]:
    server = LocalStripe(moved_time.environ)
    yield server
    server.stop()


@pytest.fixture
def site(
    built: Path, tmp_path: Path, moved_time: MovedTime, request: pytest.FixtureRequest
) -> Iterator[DemoSite]:
    """With what the journey asks for: a relay, a Stripe; without them the service does, too."""
    settings = dict(moved_time.environ)
    if "post_office" in request.fixturenames:
        office = request.getfixturevalue("post_office")
        settings |= {"BICORNE_SMTP": office.relay, "BICORNE_MAIL_FROM": "revue@example.org"}
    stripe = request.getfixturevalue("stripe") if "stripe" in request.fixturenames else None
    if stripe is not None:
        settings |= {
            "BICORNE_STRIPE_KEY": KEY,
            "BICORNE_STRIPE_WEBHOOK_SECRET": SECRET,
            "BICORNE_STRIPE_API": stripe.address,
        }
    with served(built, tmp_path, settings) as site:
        if stripe is not None:
            stripe.tell(f"{site.address}{STRIPE_PATH}", "service")
        yield site


@pytest.fixture
def new_reader(
    new_context: Callable[..., BrowserContext], site: DemoSite
) -> Callable[..., tuple[BrowserContext, Watch]]:
    """One more browser, with who watches it."""

    def open_browser(**options: object) -> tuple[BrowserContext, Watch]:
        context = new_context(**options)
        return context, Watch.over(context, site.address)

    return open_browser
