"""`paywall keys rotate`, as the office types it."""

import os
import time
from datetime import timedelta

from office import Office

from paywall.keys import OVERLAP, load_keys


def test_a_rotation_makes_a_key_that_only_the_service_reads(office: Office) -> None:
    first = load_keys(office.var / "keys").newest.kid
    ran = office.process("keys", "rotate")
    assert ran.status == 0, ran
    keys = load_keys(office.var / "keys")
    assert keys.newest.kid in ran.printed
    assert keys.signing.kid == first
    assert (office.var / "keys" / "0002.pem").stat().st_mode & 0o777 == 0o600


def test_keys_that_are_retired_are_deleted_and_named(office: Office) -> None:
    directory = office.var / "keys"
    first = load_keys(directory).newest.kid
    office.run("keys", "rotate")
    long_ago = time.time() - (OVERLAP + timedelta(minutes=1)).total_seconds()
    for file in directory.glob("*.pem"):
        os.utime(file, (long_ago, long_ago))
    assert f"Clé {first} effacée." in office.run("keys", "rotate").printed
    assert sorted(file.name for file in directory.glob("*.pem")) == ["0002.pem", "0003.pem"]


def test_keys_that_others_can_read_are_one_line(office: Office) -> None:
    load_keys(office.var / "keys")
    (office.var / "keys" / "0001.pem").chmod(0o644)
    assert "chmod 600" in office.run("keys", "rotate").refusal
