import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from paywall_site import unchanged, write, write_site
from reader_pages import ANA, BEN, ISSUE_PAGE, Office
from sqlalchemy import select

from paywall.accounts.privacy import erase
from paywall.offers.file import read_offers
from paywall.settings import Settings
from paywall.store.database import Database
from paywall.store.schema import Reader
from paywall.views.asked import Asked
from paywall.views.table import Accounts

ISSUES = [
    {
        "slug": "813-mouvement",
        "number": 813,
        "title": "Le mouvement <b>perpétuel</b>",
        "url": "/numeros/813-mouvement/",
        "published": "2027-03-01",
        "access": "subscriber",
        "opens": None,
    },
    {
        "slug": "812-lumiere",
        "number": 812,
        "title": "La lumière",
        "url": ISSUE_PAGE,
        "published": "2026-11-01",
        "access": "subscriber",
        "opens": "2027-11-01T00:00:00Z",
    },
    {
        "slug": "800-ancien",
        "number": 800,
        "title": "Ancien",
        "url": "/numeros/800-ancien/",
        "published": "2019-11-01",
        "access": "subscriber",
        "opens": "2020-11-01T00:00:00Z",
    },
]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return _with_issues(tmp_path / "output")


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with unchanged(_with_issues(tmp_path_factory.mktemp("site") / "output")) as root:
        yield root


def _with_issues(output: Path) -> Path:
    """A site whose issues are sold."""
    root = write_site(output)
    write(root / "public", ISSUE_PAGE, "<p>sommaire</p>")
    (root / "issues.json").write_text(json.dumps({"version": 1, "issues": ISSUES}), "utf-8")
    return root


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """With offers of its own, which a test may change."""
    file = tmp_path / "offers.yaml"
    file.write_bytes(settings.offers.read_bytes())
    return replace(settings, offers=file)


@pytest.fixture(autouse=True)
def members(settings: Settings) -> None:
    """The association knows Ana, who has paid her dues."""
    line = f"{ANA},alumnus,2001,2030-01-01"
    settings.members.write_text(f"email,status,graduated,dues_until\n{line}\n", "utf-8")


@pytest.fixture
def office(database: Database, clock: Clock, settings: Settings) -> Office:
    return Office(database, clock, read_offers(settings.offers))


@pytest.fixture
def ana(browser: Callable[[], Browser], mailbox: Mailbox) -> Browser:
    """A browser in which Ana is signed in: alumna, dues paid."""
    opened = browser()
    opened.sign_in(ANA, mailbox)
    return opened


@pytest.fixture
def erased_meanwhile(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is known who asks, another tab erases the account; then the view answers."""
    known, database = Accounts._known, office.database

    def then_erased(accounts: Accounts, asked: Asked) -> Asked:
        found = known(accounts, asked)
        with database.begin(asked.now, "another tab") as unit:
            erase(unit, unit.db.scalars(select(Reader)).one())
        return found

    monkeypatch.setattr(Accounts, "_known", then_erased)


@pytest.fixture
def ben(browser: Callable[[], Browser], mailbox: Mailbox) -> Browser:
    """A browser in which Ben is signed in: known to nobody."""
    opened = browser()
    opened.sign_in(BEN, mailbox)
    return opened
