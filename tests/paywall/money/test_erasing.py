"""The office erases somebody whose card is charged each year."""

import pytest
from books import ADDRESS
from local_stripe import KEY, SECRET
from shop import Shop

from paywall.__main__ import main


@pytest.fixture
def environ(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "DATABASE_URL": shop.database.url,
        "BICORNE_OFFERS": str(shop.settings.offers),
        "BICORNE_STRIPE_KEY": KEY,
        "BICORNE_STRIPE_WEBHOOK_SECRET": SECRET,
        "BICORNE_STRIPE_API": shop.stripe.address,
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("environ")
def test_the_card_is_charged_no_more_and_the_reader_is_forgotten(shop: Shop) -> None:
    _, reference = shop.subscribe()
    assert main(["subscribers", "erase", ADDRESS, "--yes"]) == 0
    assert shop.stripe.client.v1.subscriptions.retrieve(reference).cancel_at_period_end
    assert main(["subscribers", "show", ADDRESS]) == 1
    assert shop.hear() == {200}


@pytest.mark.usefixtures("environ")
def test_without_stripes_key_nobody_is_erased_who_would_be_charged_still(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.subscribe()
    monkeypatch.delenv("BICORNE_STRIPE_KEY")
    monkeypatch.delenv("BICORNE_STRIPE_WEBHOOK_SECRET")
    assert main(["subscribers", "erase", ADDRESS, "--yes"]) == 1
    assert "se renouvelle encore par stripe" in capsys.readouterr().err
    assert main(["subscribers", "show", ADDRESS]) == 0
