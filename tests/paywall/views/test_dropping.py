"""An order by transfer that its reader wants no more."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from accounts_browser import Browser, Mailbox
from patience import PATIENCE_SECONDS
from paywall_clock import Clock
from paywall_site import SECRET
from reader_pages import ANA, ARTICLE, Office, order_by_transfer, words
from sqlalchemy import select
from starlette.types import ASGIApp, Message

from paywall.accounts.orders import WAITED
from paywall.errors import RefusedError
from paywall.money.till import Till
from paywall.money.unpaid import drop_unpaid
from paywall.settings import Settings
from paywall.store.schema import Change, Mail

TOGETHER = 6


@pytest.fixture
def reference(ana: Browser) -> str:
    return order_by_transfer(ana)


def changes(office: Office, what: str) -> int:
    with office.database.read() as db:
        return len(db.scalars(select(Change).where(Change.what == what)).all())


def letters(mailbox: Mailbox, reference: str) -> list[str]:
    subject = f"Votre commande {reference} est annulée"
    return [mail.text for mail in mailbox.to(ANA) if mail.subject == subject]


def test_it_takes_two_clicks_and_a_letter_says_so(
    ana: Browser, office: Office, mailbox: Mailbox, reference: str
) -> None:
    path = f"/commande/{reference}/annuler/"
    assert f'href="{path}"' in ana.get(f"/commande/{reference}/").text
    asked = words(ana.get(path))
    assert "Si le virement est déjà parti, n’annulez pas" in asked
    done = ana.post(path, {})
    assert done.headers["location"] == f"/commande/{reference}/?fait=annulee"
    page = words(ana.follow(done))
    assert "la commande est annulée" in page
    assert "Rien à payer" in page
    assert "IBAN" not in page
    assert office.order(reference).status == "cancelled"
    (letter,) = letters(mailbox, reference)
    assert "Vous avez annulé votre commande." in letter
    assert "Annulée" in words(ana.get("/compte/commandes/"))
    assert SECRET not in ana.get(ARTICLE).text


def test_it_is_said_in_english(ana: Browser, reference: str) -> None:
    page = words(ana.follow(ana.get(f"/commande/{reference}/annuler/?langue=en")))
    assert "do not cancel: reading opens when it arrives" in page
    assert "There is nothing to pay, and nothing opens." in page


def test_the_page_and_the_letter_of_an_order_say_until_when_it_waits(
    ana: Browser, reference: str, mailbox: Mailbox
) -> None:
    assert "À payer avant le 13 mai 2027" in words(ana.get(f"/commande/{reference}/"))
    assert "Sans paiement avant le 13 mai 2027, la commande s’annule" in mailbox.to(ANA)[-1].text


def test_the_same_wish_is_a_new_order_afterwards(
    ana: Browser, office: Office, reference: str
) -> None:
    ana.post(f"/commande/{reference}/annuler/", {})
    again = order_by_transfer(ana)
    assert again != reference
    assert [order.status for order in office.orders()] == ["cancelled", "awaiting"]


@pytest.mark.parametrize("cents", [1000, 2600])
def test_money_that_has_come_meanwhile_is_not_lost(
    ana: Browser, office: Office, mailbox: Mailbox, reference: str, cents: int
) -> None:
    ana.get(f"/commande/{reference}/annuler/")
    office.confirm(reference, cents)
    before = office.order(reference).status
    refused = ana.post(f"/commande/{reference}/annuler/", {})
    assert refused.status_code == 409
    assert "Un paiement est arrivé" in words(refused)
    assert office.order(reference).status == before
    assert letters(mailbox, reference) == []
    asked = ana.get(f"/commande/{reference}/annuler/")
    assert asked.headers["location"] == f"/commande/{reference}/"
    assert "Annuler cette commande" not in words(ana.follow(asked))


def test_an_order_by_card_ends_by_itself_at_stripe_and_not_here(
    ana: Browser, office: Office, reference: str
) -> None:
    with office.database.begin(office.clock(), "test") as unit:
        unit.db.merge(office.order(reference)).provider = "stripe"
    for answer in (
        ana.get(f"/commande/{reference}/annuler/"),
        ana.post(f"/commande/{reference}/annuler/", {}),
    ):
        assert answer.headers["location"] == f"/commande/{reference}/"
    assert office.order(reference).status == "awaiting"


def test_dropped_many_times_at_once_it_is_written_and_told_once(
    ana: Browser,
    browser: Callable[[], Browser],
    office: Office,
    mailbox: Mailbox,
    reference: str,
) -> None:
    tabs, barrier = (
        [browser() for _ in range(TOGETHER)],
        Barrier(TOGETHER, timeout=PATIENCE_SECONDS),
    )
    for tab in tabs:
        tab.cookies.update(ana.cookies)

    def one(tab: Browser) -> int:
        barrier.wait()
        return tab.post(f"/commande/{reference}/annuler/", {}).status_code

    with ThreadPoolExecutor(TOGETHER) as pool:
        assert list(pool.map(one, tabs)) == [303] * TOGETHER
    assert changes(office, "order.cancelled") == 1
    assert len(letters(mailbox, reference)) == 1


def test_dropped_and_paid_at_once_it_is_one_or_the_other(
    ana: Browser, office: Office, mailbox: Mailbox
) -> None:
    for _ in range(4):
        reference, barrier = order_by_transfer(ana), Barrier(2, timeout=PATIENCE_SECONDS)

        def pay(which: str, wait: Barrier) -> bool:
            wait.wait()
            try:
                office.confirm(which, 2600)
            except RefusedError:
                return False
            return True

        def drop(which: str, wait: Barrier) -> int:
            wait.wait()
            return ana.post(f"/commande/{which}/annuler/", {}).status_code

        with ThreadPoolExecutor(2) as pool:
            paid = pool.submit(pay, reference, barrier)
            dropped = pool.submit(drop, reference, barrier)
        assert (paid.result(), dropped.result()) in {(True, 409), (False, 303)}
        assert office.order(reference).status == ("paid" if paid.result() else "cancelled")
        assert len(letters(mailbox, reference)) == (0 if paid.result() else 1)


def test_an_account_that_another_tab_has_erased_drops_nothing(
    ana: Browser, office: Office, reference: str, erased_meanwhile: None
) -> None:
    answer = ana.post(f"/commande/{reference}/annuler/", {})
    assert answer.headers["location"].startswith("/connexion/?vers=")
    with office.database.read() as db:
        assert db.scalars(select(Mail)).all() == []
    assert changes(office, "order.cancelled") == 1  # by erasing


def test_nobody_pays_for_sixty_days_and_the_reader_is_told_once(
    ana: Browser, office: Office, mailbox: Mailbox, clock: Clock, settings: Settings
) -> None:
    till = Till(settings, office.database, lambda: office.offers, clock)
    unpaid, partly = order_by_transfer(ana), order_by_transfer(ana, debut="2027-06-01")
    office.confirm(partly, 1000)
    clock.now += WAITED - timedelta(hours=1)
    young = order_by_transfer(ana, debut="2027-07-01")
    assert drop(till) == 0
    clock.now += timedelta(hours=2)
    assert [drop(till), drop(till)] == [1, 0]
    standing = {order.reference: order.status for order in office.orders()}
    assert standing == {unpaid: "cancelled", partly: "partial", young: "awaiting"}
    (letter,) = letters(mailbox, unpaid)
    assert "un virement qui n’est pas venu" in letter
    assert "26,00 €" in letter.replace("\N{NO-BREAK SPACE}", " ")


def test_an_abandoned_card_is_dropped_without_a_letter(
    ana: Browser, office: Office, mailbox: Mailbox, clock: Clock, settings: Settings
) -> None:
    reference = order_by_transfer(ana)
    with office.database.begin(office.clock(), "test") as unit:
        unit.db.merge(office.order(reference)).provider = "stripe"
    clock.now += WAITED + timedelta(days=1)
    assert drop(Till(settings, office.database, lambda: office.offers, clock)) == 1
    assert letters(mailbox, reference) == []


def test_the_service_drops_them_by_itself_from_its_start_on(
    ana: Browser, app: ASGIApp, office: Office, reference: str, clock: Clock
) -> None:
    clock.now += WAITED + timedelta(days=1)
    told: list[str] = []

    async def receive() -> Message:
        if not told:
            return {"type": "lifespan.startup"}
        for _ in range(100):
            if office.order(reference).status == "cancelled":
                break
            await asyncio.sleep(0.05)
        return {"type": "lifespan.shutdown"}

    async def send(message: Message) -> None:
        told.append(message["type"])

    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    asyncio.run(app(scope, receive, send))
    assert office.order(reference).status == "cancelled"


def drop(till: Till) -> int:
    with till.database.begin(till.clock(), "unpaid") as unit:
        return drop_unpaid(unit, till)
