"""A subscriber for whoever tries the service: signed in by one click, for some hours."""

from datetime import datetime, timedelta
from urllib.parse import quote

from paywall.accounts.addresses import DEMONSTRATION_EMAIL
from paywall.accounts.providers import NOBODY_PAYS
from paywall.accounts.secrets import digest, new_code, new_secret
from paywall.accounts.sign_in import DEMONSTRATION, reader_of
from paywall.accounts.subscriptions import add_period
from paywall.app import utc_now
from paywall.settings import Settings
from paywall.site.output import Output
from paywall.store.database import Database
from paywall.store.migrate import migrate
from paywall.store.schema import SignIn, Subscription
from paywall.store.unit import Unit
from paywall.views.demonstration import OPEN_PATH

DEMO_HOURS = 12


def demo_link(settings: Settings, to: str = "") -> str:
    """A link that signs a subscriber in, as often as it is followed, on a page that shows it."""
    database = Database(settings.database)
    migrate(database)
    now, link = utc_now(), new_secret()
    until = now + timedelta(hours=DEMO_HOURS)
    with database.begin(now, "command:demo") as unit:
        subscription = _subscription(unit)
        add_period(unit, subscription, now, until)
        unit.db.add(_sign_in(link, now, until))
    database.close()
    target = quote(to or _gated_page(settings, now), safe="/")
    return f"{settings.address}{OPEN_PATH}?jeton={link}&vers={target}"


def _subscription(unit: Unit) -> Subscription:
    """The reader's one subscription, to which every start adds some hours."""
    reader = reader_of(unit, DEMONSTRATION_EMAIL)
    if not reader.subscriptions:
        given = Subscription(
            plan=DEMONSTRATION,
            price_class="",
            grid_from=unit.now.date(),
            amount_cents=0,
            renews=False,
            complimentary=True,
            provider=NOBODY_PAYS,
            created_at=unit.now,
        )
        reader.subscriptions.append(given)
    return reader.subscriptions[0]


def _sign_in(link: str, now: datetime, until: datetime) -> SignIn:
    return SignIn(
        purpose=DEMONSTRATION,
        email=DEMONSTRATION_EMAIL,
        link_digest=digest(link),
        code_digest=digest(new_secret(), new_code()),  # nobody is told: it has no code
        browser_digest=digest(new_secret()),
        created_at=now,
        expires_at=until,
    )


def _gated_page(settings: Settings, now: datetime) -> str:
    """Choose a page that shows what the link opens: the first that is still closed."""
    build = Output(settings.output).current()
    closed = (
        path
        for path, entry in (build.manifest.pages.items() if build else ())
        if entry.opens is None or entry.opens > now
    )
    return min(closed, default="/")
