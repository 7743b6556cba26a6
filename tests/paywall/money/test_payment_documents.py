"""docs/payments.md names what the code has: events, commands, settings."""

import re

from paywall_process import REPOSITORY

from paywall.money.stripe_client import API_VERSION
from paywall.money.webhook import EVENTS, STRIPE_PATH

PAYMENTS = (REPOSITORY / "docs" / "payments.md").read_text("utf-8")


def test_the_operator_is_told_every_event_and_no_other() -> None:
    named = set(re.findall(r"`((?:checkout|invoice|customer|charge|refund)\.[a-z_.]+)`", PAYMENTS))
    assert named == set(EVENTS)


def test_the_endpoint_and_the_version_are_those_of_the_code() -> None:
    assert STRIPE_PATH in PAYMENTS
    assert API_VERSION in PAYMENTS


def test_every_setting_of_stripe_is_documented() -> None:
    code = (REPOSITORY / "paywall" / "settings.py").read_text("utf-8")
    names = set(re.findall(r"BICORNE_STRIPE_[A-Z_]+", code))
    assert len(names) == 3
    assert [name for name in names if f"`{name}`" not in PAYMENTS] == []
