"""A really built magazine with two issues for subscribers, and readers of every sort."""

from datetime import UTC, date, datetime
from pathlib import Path

from gated_magazine import gated_magazine, photograph
from lxml import etree
from magazine_factory import ISSUE
from sqlalchemy import select

from paywall.accounts.feeds import create_feed
from paywall.accounts.sign_in import reader_of
from paywall.accounts.subscriptions import add_period
from paywall.store.database import Database
from paywall.store.schema import Feed, Purchase, Reader, Subscription

TIDE = "Les marées de quadrature laissent sous la digue un escalier que personne n’emprunte."
TIDE_PREVIEW = "La digue se voit de loin et se rejoint à pied."
LATER_ISSUE = "14-marees"
TIDES = f"/numeros/{LATER_ISSUE}/la-digue/"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"

BOTH_ISSUES = (datetime(2027, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC))
"""A subscription that runs."""
FIRST_ISSUE_ONLY = (datetime(2026, 11, 10, tzinfo=UTC), datetime(2026, 11, 18, tzinfo=UTC))
"""One that ended between both gated issues."""


def build_site(root: Path) -> Path:
    """Build it; the output tree. The later issue never opens by itself."""
    magazine = gated_magazine(root)
    fields = {"number": 14, "title": "Les marées", "articles": ["la-digue"], "date": "2026-11-20"}
    folder = f"issues/{LATER_ISSUE}"
    gate = {"access": "subscriber"}
    magazine.entry(f"{folder}/issue.md", ISSUE | fields | gate, "Un éditorial libre.\n")
    magazine.image(f"{folder}/cover.png", (400, 560), seed=3)
    magazine.write(f"{folder}/digue.jpg", photograph((800, 600), "Une digue"))
    text = (
        f'{TIDE_PREVIEW}\n\n<!-- more -->\n\n{TIDE}\n\n![La digue](digue.jpg "La digue | Port")\n'
    )
    magazine.article(f"{folder}/la-digue.md", text, title="La digue", date="2026-11-20")
    built = magazine.build()
    assert built.exit_code == 0, built.stderr
    return built.output


class Office:
    """Signs readers up, in a real database, and gives them what a test needs."""

    def __init__(self, database: Database, clock: object) -> None:
        self.database, self._clock = database, clock

    @property
    def now(self) -> datetime:
        return self._clock()  # type: ignore[no-any-return,operator]

    def subscribe(self, email: str, *stretches: tuple[datetime, datetime]) -> int:
        """A reader with a subscription for each stretch of time; the number."""
        with self.database.begin(self.now, "test") as unit:
            reader = reader_of(unit, email)
            for starts_at, ends_at in stretches:
                subscription = Subscription(
                    reader=reader,
                    plan="numerique",
                    price_class="public",
                    grid_from=date(2026, 1, 1),
                    amount_cents=4000,
                    renews=False,
                    provider="offline",
                    created_at=unit.now,
                )
                unit.db.add(subscription)
                add_period(unit, subscription, starts_at, ends_at)
            return reader.id

    def buy(self, reader_id: int, issue: str) -> None:
        with self.database.begin(self.now, "test") as unit:
            unit.db.add(Purchase(reader_id=reader_id, issue=issue, bought_at=unit.now))

    def open_feed(self, reader_id: int) -> str:
        """A new private feed; the path of its address."""
        with self.database.begin(self.now, f"reader:{reader_id}") as unit:
            opened = create_feed(unit, unit.db.get_one(Reader, reader_id))
            return f"/flux/prive/{opened.secret}/rss.xml"

    def feed_for(self, email: str, *stretches: tuple[datetime, datetime]) -> str:
        return self.open_feed(self.subscribe(email, *stretches))

    def revoke(self, email: str) -> None:
        with self.database.begin(self.now, "test") as unit:
            reader = reader_of(unit, email)
            feed = unit.db.scalars(select(Feed).where(Feed.reader_id == reader.id)).one()
            feed.revoked_at = unit.now


def texts(body: bytes) -> dict[str, str]:
    """What a feed says in full of each article, by its link's path."""
    channel = etree.fromstring(body).find("channel")
    assert channel is not None
    return {
        "/" + (item.findtext("link") or "").split("/", 3)[3]: item.findtext(CONTENT) or ""
        for item in channel.findall("item")
    }
