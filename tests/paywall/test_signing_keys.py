import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from paywall_client import Client

from paywall.errors import KeyFileError
from paywall.keys import Keyring, load_keys, new_key

LOAD = """
import sys, pathlib
from paywall.keys import load_keys
print(load_keys(pathlib.Path(sys.argv[1])).newest.kid)
"""


def write_key(path: Path, private: object, mode: int = 0o600) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(pem)
    path.chmod(mode)


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    directory = tmp_path / "var" / "keys"
    load_keys(directory)
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert [path.name for path in directory.iterdir()] == ["0001.pem"]
    assert stat.S_IMODE((directory / "0001.pem").stat().st_mode) == 0o600


def test_the_next_starts_find_the_same_key(tmp_path: Path) -> None:
    assert load_keys(tmp_path / "keys").newest.kid == load_keys(tmp_path / "keys").newest.kid


def test_services_started_together_end_up_with_one_key(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOAD, str(tmp_path / "keys")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    kids = {process.communicate(timeout=60)[0] for process in started}
    assert len(kids) == 1
    assert [process.returncode for process in started] == [0] * 4
    assert len(list((tmp_path / "keys").iterdir())) == 1


def test_what_a_killed_start_left_behind_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / "0001.new").write_text("une moitié de clé")
    load_keys(tmp_path / "keys")
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["0001.pem"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o620])
def test_a_key_that_others_can_read_or_write_stops_the_start(tmp_path: Path, mode: int) -> None:
    load_keys(tmp_path / "keys")
    (tmp_path / "keys" / "0001.pem").chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_keys(tmp_path / "keys")


def test_a_directory_that_others_can_write_stops_the_start(tmp_path: Path) -> None:
    load_keys(tmp_path / "keys")
    (tmp_path / "keys").chmod(0o777)
    with pytest.raises(KeyFileError, match="chmod 700"):
        load_keys(tmp_path / "keys")


def test_a_link_in_place_of_a_key_stops_the_start(tmp_path: Path) -> None:
    write_key(tmp_path / "elsewhere.pem", new_key().private)
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / "0001.pem").symlink_to(tmp_path / "elsewhere.pem")
    with pytest.raises(KeyFileError):
        load_keys(tmp_path / "keys")


@pytest.mark.parametrize(
    "private", [ec.generate_private_key(ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()]
)
def test_a_key_of_another_kind_stops_the_start(tmp_path: Path, private: object) -> None:
    write_key(tmp_path / "keys" / "0001.pem", private)
    with pytest.raises(KeyFileError, match="P-256"):
        load_keys(tmp_path / "keys")


@pytest.mark.parametrize("source", [b"", b"rien", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_broken_key_stops_the_start(tmp_path: Path, source: bytes) -> None:
    load_keys(tmp_path / "keys")
    (tmp_path / "keys" / "0001.pem").write_bytes(source)
    with pytest.raises(KeyFileError, match=r"0001\.pem"):
        load_keys(tmp_path / "keys")


def test_the_newest_of_several_keys_signs_and_all_are_published(tmp_path: Path) -> None:
    keys = [new_key() for _ in range(3)]
    for number, key in enumerate(keys, start=1):
        write_key(tmp_path / "keys" / f"{number:04}.pem", key.private)
    ring = load_keys(tmp_path / "keys")
    assert ring.newest.kid == keys[-1].kid
    assert set(ring.public_keys()) == {key.kid for key in keys}


def test_the_published_keys_hold_nothing_private(client: Client, keys: Keyring) -> None:
    answer = client.get("/.well-known/jwks.json")
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["content-type"] == "application/jwk-set+json"
    published = json.loads(answer.text)["keys"]
    assert {key["kid"] for key in published} == {key.kid for key in keys.keys}
    for key in published:
        assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
