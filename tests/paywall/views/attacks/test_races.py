"""Two of everything at the same instant: one counts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest
from accounts_browser import Browser, Mailbox
from patience import PATIENCE_SECONDS
from reader_pages import ANA, DIGITAL, Office, order_by_transfer
from sqlalchemy import func, select

from paywall.store.database import Database
from paywall.store.schema import Change, Mail, Order, Period, Reader, Session

NewBrowser = Callable[[], Browser]
TOGETHER = 6


def at_once(act: Callable[[int], httpx.Response]) -> list[int]:
    """Do it several times at one instant; the statuses, in order."""
    barrier = Barrier(TOGETHER, timeout=PATIENCE_SECONDS)

    def one(number: int) -> int:
        barrier.wait()
        return act(number).status_code

    with ThreadPoolExecutor(TOGETHER) as pool:
        return sorted(pool.map(one, range(TOGETHER)))


def count(database: Database, table: type[Order] | type[Session] | type[Reader]) -> int:
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def test_one_link_opens_one_session(
    browser: NewBrowser, mailbox: Mailbox, database: Database
) -> None:
    browser().post("/connexion/", {"email": ANA})
    key = mailbox.link(ANA).partition("cle=")[2]
    browsers = [browser() for _ in range(TOGETHER)]
    answers = at_once(lambda n: browsers[n].post("/connexion/lien/", {"cle": key}))
    assert answers == [303] + [410] * (TOGETHER - 1)
    assert (count(database, Session), count(database, Reader)) == (1, 1)


def test_one_code_opens_one_session_and_every_try_counts(
    browser: NewBrowser, mailbox: Mailbox, database: Database
) -> None:
    first = browser()
    first.post("/connexion/", {"email": ANA})
    code, browsers = mailbox.code(ANA), [browser() for _ in range(TOGETHER)]
    for other in browsers:
        other.cookies.update(first.cookies)
    answers = at_once(lambda n: browsers[n].post("/connexion/code/", {"code": code}))
    assert answers == [303] + [410] * (TOGETHER - 1)
    assert count(database, Session) == 1


def test_two_tabs_are_one_order(ana: Browser, browser: NewBrowser, office: Office) -> None:
    wish = ana.post("/abonnement/", {**DIGITAL, "vers": "/"}).headers["location"]
    tabs = [browser() for _ in range(TOGETHER)]
    for tab in tabs:
        tab.cookies.update(ana.cookies)
    assert at_once(lambda n: tabs[n].post(wish, {})) == [303] * TOGETHER
    assert len(office.orders()) == 1


def test_two_confirmations_give_one_period(ana: Browser, office: Office) -> None:
    reference = order_by_transfer(ana)
    cents = office.order(reference).amount_cents
    barrier = Barrier(TOGETHER, timeout=PATIENCE_SECONDS)

    def confirm(_: int) -> None:
        barrier.wait()
        office.confirm(reference, cents)

    with ThreadPoolExecutor(TOGETHER) as pool:
        list(pool.map(confirm, range(TOGETHER)))
    with office.database.read() as db:
        assert db.scalar(select(func.count()).select_from(Period)) == 1


@pytest.mark.parametrize("deed", ["resilier", "suspendre"])
def test_two_clicks_change_once_and_write_once(
    ana: Browser, browser: NewBrowser, office: Office, mailbox: Mailbox, deed: str
) -> None:
    number = office.subscribe(ANA)
    before = len(mailbox.to(ANA))
    tabs = [browser() for _ in range(TOGETHER)]
    for tab in tabs:
        tab.cookies.update(ana.cookies)
    path = f"/compte/abonnement/{number}/{deed}/"
    assert at_once(lambda n: tabs[n].post(path, {})) == [303] * TOGETHER
    assert len(mailbox.to(ANA)) - before == 1
    with office.database.read() as db:
        lines = db.scalars(select(Change.what).where(Change.subject == f"subscription:{number}"))
        assert sum(line.endswith(("cancelled", "paused")) for line in lines) == 1


def test_erased_twice_at_once_is_erased_once(
    ana: Browser, browser: NewBrowser, database: Database
) -> None:
    tabs = [browser() for _ in range(TOGETHER)]
    for tab in tabs:
        tab.cookies.update(ana.cookies)
    answers = at_once(lambda n: tabs[n].post("/compte/donnees/effacer/", {}))
    assert set(answers) == {303}
    with database.read() as db:
        erased = db.scalars(select(Change.what).where(Change.what == "reader.erased")).all()
        assert len(erased) == 1
        assert db.scalars(select(Mail)).all() == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/compte/profil/", {"nom": "Ana", "post": "1, rue", "langue": "fr"}),
        ("/compte/adresse/", {"email": "nova@example.org"}),
        ("/compte/flux/", {"faire": "create", "flux": ""}),
        ("/compte/appareils/partout/", {}),
        (
            "/abonnement/confirmer/formule/print/une-fois/virement/maintenant/",
            {"nom": "Ana", "post": "1"},
        ),
    ],
)
def test_nothing_is_written_into_an_account_that_another_tab_has_just_erased(
    ana: Browser, office: Office, erased_meanwhile: None, path: str, fields: dict[str, str]
) -> None:
    answer = ana.post(path, fields)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/connexion/?vers=")
    with office.database.read() as db:
        erased = db.scalars(select(Reader)).one()
        assert (erased.name, erased.post, erased.email) == ("", "", None)
        assert db.scalars(select(Mail)).all() == []
    assert office.orders() == []
