"""A new key, an old key, and the hour in which both verify."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from paywall_client import Client
from paywall_site import FRESNEL, SECRET

from paywall.app import create_app
from paywall.errors import KeyFileError
from paywall.keys import OVERLAP, SIGNS_AFTER, load_keys, retire_keys, rotate_keys
from paywall.live_keys import LiveKeys
from paywall.settings import Settings
from paywall.tokens import MAX_LIFETIME, issue_token

NOW = datetime(2027, 3, 14, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A first key, made a year ago."""
    folder = tmp_path / "keys"
    load_keys(folder)
    made_at = (NOW - timedelta(days=365)).timestamp()
    os.utime(folder / "0001.pem", (made_at, made_at))
    return folder


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_a_new_key_is_published_first_and_signs_ten_minutes_later(directory: Path) -> None:
    old = load_keys(directory, NOW).signing.kid
    made = rotate_keys(directory, NOW).made
    for later, signing in [
        (timedelta(0), old),
        (SIGNS_AFTER - SECOND, old),
        (SIGNS_AFTER, made),
        (OVERLAP * 9, made),
    ]:
        ring = load_keys(directory, NOW + later)
        assert ring.signing.kid == signing
        assert made in {key["kid"] for key in ring.jwks()["keys"]}


def test_an_old_key_verifies_for_an_hour_then_nothing(directory: Path) -> None:
    old = load_keys(directory, NOW).signing.kid
    rotate_keys(directory, NOW)
    assert old in load_keys(directory, NOW + OVERLAP - SECOND).public_keys()
    assert old not in load_keys(directory, NOW + OVERLAP).public_keys()
    assert old not in str(load_keys(directory, NOW + OVERLAP).jwks())


def test_the_overlap_outlives_every_token_of_the_old_key() -> None:
    assert SIGNS_AFTER + MAX_LIFETIME < OVERLAP


def test_a_retired_key_is_deleted_and_no_number_is_used_twice(directory: Path) -> None:
    old = load_keys(directory, NOW).signing.kid
    assert rotate_keys(directory, NOW).retired == ()
    assert retire_keys(directory, NOW + OVERLAP - SECOND) == ()
    assert retire_keys(directory, NOW + OVERLAP) == (old,)
    assert names(directory) == ["0002.pem"]
    rotate_keys(directory, NOW + OVERLAP)
    assert names(directory) == ["0002.pem", "0003.pem"]


def test_a_rotation_deletes_what_an_earlier_one_retired(directory: Path) -> None:
    old = load_keys(directory, NOW).signing.kid
    rotate_keys(directory, NOW)
    assert rotate_keys(directory, NOW + timedelta(days=30)).retired == (old,)


def test_rotations_in_a_hurry_lose_no_token(directory: Path) -> None:
    old = load_keys(directory, NOW).signing.kid
    for minute in range(5):
        rotate_keys(directory, NOW + timedelta(minutes=minute))
    ring = load_keys(directory, NOW + timedelta(minutes=5))
    assert (len(ring.keys), ring.signing.kid) == (6, old)


def test_new_keys_are_their_owner_s_alone(directory: Path) -> None:
    rotate_keys(directory, NOW)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in directory.iterdir())


def test_the_last_key_never_retires(directory: Path) -> None:
    assert retire_keys(directory, NOW + timedelta(days=3650)) == ()
    assert len(load_keys(directory, NOW + timedelta(days=3650)).keys) == 1


def test_a_key_dated_in_the_future_does_not_sign_yet(directory: Path) -> None:
    old = load_keys(directory, NOW).signing.kid
    rotate_keys(directory, NOW + timedelta(days=1))
    assert load_keys(directory, NOW).signing.kid == old


def test_a_key_of_another_name_is_told_before_anything_is_made(directory: Path) -> None:
    (directory / "0001.pem").rename(directory / "cle.pem")
    with pytest.raises(KeyFileError, match=r"0001\.pem"):
        rotate_keys(directory, NOW)
    assert names(directory) == ["cle.pem"]


def test_a_running_service_takes_a_new_key_and_drops_the_old_without_a_restart(
    settings: Settings, clock: Any
) -> None:
    keys = LiveKeys(settings.keys, clock, check_seconds=0)
    client = Client(create_app(settings, clock=clock, keys=keys))
    clock.now = datetime.now(UTC) + SIGNS_AFTER  # the first key is made by now

    def opens(key: Any) -> bool:
        made = issue_token(key, settings.address, ["all"], now=clock())
        return SECRET in client.get(FRESNEL, headers={"authorization": f"Bearer {made}"}).text

    old = keys.current().signing
    assert opens(old)
    rotate_keys(settings.keys, clock())
    assert keys.current().signing.kid == old.kid
    published = [key["kid"] for key in client.get("/.well-known/jwks.json").json()["keys"]]
    assert published == [key.kid for key in keys.current().keys] and len(published) == 2
    clock.advance(minutes=10)
    keys._reload_at = 0  # a minute later
    assert keys.current().signing.kid == published[1]
    assert opens(old)
    assert opens(keys.current().signing)
    clock.advance(minutes=50)
    keys._reload_at = 0
    assert not opens(old)
    assert opens(keys.current().signing)
    assert names(settings.keys) == ["0002.pem", "feeds.key"]


def test_a_token_read_before_is_refused_once_its_key_is_gone(
    settings: Settings, clock: Any
) -> None:
    """Somebody removes a key that has leaked: what was verified before does not stay good."""
    keys = LiveKeys(settings.keys, clock, check_seconds=0)
    client = Client(create_app(settings, clock=clock, keys=keys))
    made = issue_token(keys.current().signing, settings.address, ["all"], now=clock())
    headers = {"authorization": f"Bearer {made}"}
    assert SECRET in client.get(FRESNEL, headers=headers).text
    rotate_keys(settings.keys, clock())
    (settings.keys / "0001.pem").unlink()
    assert SECRET not in client.get(FRESNEL, headers=headers).text


@pytest.mark.parametrize("spoil", [lambda p: p.write_text("moitié"), lambda p: p.chmod(0o644)])
def test_a_key_that_cannot_be_read_leaves_the_keys_as_they_were(
    directory: Path, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    keys = LiveKeys(directory, lambda: NOW, check_seconds=0)
    before = keys.current()
    made = rotate_keys(directory, NOW).made
    whole = (directory / "0002.pem").read_bytes()
    spoil(directory / "0002.pem")
    for _ in range(3):
        assert keys.current() is before
    assert len(caplog.records) == 1
    (directory / "0002.pem").write_bytes(whole)
    (directory / "0002.pem").chmod(0o600)
    assert made in keys.current().public_keys()


def test_unchanged_keys_are_the_same_object(directory: Path) -> None:
    """A verifier forgets what it has verified when they change."""
    keys = LiveKeys(directory, lambda: NOW, check_seconds=0)
    before = keys.public_keys()
    keys._reload_at = 0
    assert keys.public_keys() is before
