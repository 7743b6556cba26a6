"""A reader with an account: what one may write, ask and send in a day is bounded."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from accounts_browser import Browser, Mailbox
from paywall_clock import Clock
from reader_pages import ANA, Office, order_by_transfer
from sqlalchemy import delete

from paywall.accounts.limits import Limit
from paywall.logs import JsonLines
from paywall.mail.delivery import Delivery, Relay
from paywall.mail.queue import queue_mail
from paywall.store.database import Database
from paywall.store.schema import Mail, Order
from paywall.views import changes, orders


def test_twenty_orders_a_day(ana: Browser, office: Office, clock: Clock) -> None:
    placed = 0
    for n in range(1, 25):
        day = (clock() + timedelta(days=n)).date().isoformat()
        fields = {"formule": "digital", "moyen": "virement", "debut": day, "vers": "/"}
        wish = ana.post("/abonnement/", fields)
        placed += ana.post(wish.headers["location"], {}).status_code == 303
    assert placed == office.count(Order) == 20
    clock.advance(days=1, minutes=1)
    order_by_transfer(ana)


def test_pausing_and_resuming_all_day_ends_and_cancelling_never_does(
    ana: Browser, office: Office, mailbox: Mailbox
) -> None:
    path = f"/compte/abonnement/{office.subscribe(ANA)}/"
    for _ in range(changes.CHANGES.times // 2):
        assert ana.post(f"{path}suspendre/", {}).status_code == 303
        assert ana.post(f"{path}reprendre/", {}).status_code == 303
    for deed in ("suspendre", "garder"):
        assert ana.post(f"{path}{deed}/", {}).status_code == 429
    assert ana.post(f"{path}resilier/", {}).status_code == 303


def test_questions_to_the_provider_are_counted_and_transfers_ask_nobody(
    ana: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would hold a thread for as long as the provider takes to answer."""
    monkeypatch.setattr(orders, "QUESTIONS", Limit("test", 2, timedelta(hours=1)))
    path = f"/commande/{order_by_transfer(ana)}/"
    assert [ana.get(f"{path}merci/").status_code for _ in range(4)] == [303] * 4
    with office.database.begin(office.clock(), "test") as unit:
        unit.db.query(Order).one().provider = "stripe"
    assert [ana.get(f"{path}merci/").status_code for _ in range(4)] == [303] * 2 + [429] * 2


def test_whoever_is_erased_while_their_mail_is_on_its_way_stops_no_other(
    database: Database, clock: Clock
) -> None:
    with database.begin(clock(), "test") as unit:
        mail = queue_mail(unit, ANA, "Code", "…")
        unit.db.flush()
        number = mail.id
        unit.db.execute(delete(Mail))
    delivery = Delivery(database, Relay("smtp://127.0.0.1:1"), "r@example.org", clock)
    told: Callable[[int], None] = delivery._sent
    told(number)


def test_a_fault_in_sending_is_told_and_sending_goes_on(
    database: Database,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    delivery, tried = Delivery(database, Relay("smtp://127.0.0.1:1"), "", clock), 0

    async def fails() -> int:
        nonlocal tried
        tried += 1
        raise KeyError(f"{ANA} is not to be told")

    monkeypatch.setattr(delivery, "send_waiting", fails)
    monkeypatch.setattr("paywall.mail.delivery._POLL_SECONDS", 0.01)

    async def a_while() -> None:
        await asyncio.wait_for(delivery.run(), 0.2)

    with pytest.raises(TimeoutError):
        asyncio.run(a_while())
    assert tried > 1
    (line, *_) = caplog.records
    written = JsonLines().format(line)
    assert "KeyError" in written
    assert ANA not in written
