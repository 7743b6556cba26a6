"""What may be set of ads, and the key that pages are signed with."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from plugins.ads.key import read_or_make_key
from plugins.ads.settings import AdsSettings
from plugins.magazine.settings import SettingsError


def test_without_settings_everything_has_its_default(tmp_path: Path) -> None:
    settings = AdsSettings.from_pelican({"OUTPUT_PATH": str(tmp_path / "output")})
    assert settings == AdsSettings(tmp_path / "var/ads.key")


def test_the_key_may_lie_elsewhere_and_counting_be_asked_for(tmp_path: Path) -> None:
    given = {"key": "/srv/gazette/ads.key", "consent": True, "counting": False}
    settings = AdsSettings.from_pelican({"OUTPUT_PATH": str(tmp_path / "output"), "ADS": given})
    assert settings == AdsSettings(Path("/srv/gazette/ads.key"), counting=False, consent=True)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"consnet": True}, "consent"),
        ({"consent": "yes"}, "consent"),
        ({"key": 12}, "key"),
        ([], "ADS"),
    ],
)
def test_what_cannot_be_used_stops_the_build(tmp_path: Path, given: object, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        AdsSettings.from_pelican({"OUTPUT_PATH": str(tmp_path), "ADS": given})


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "ads.key"
    key = read_or_make_key(path)
    assert len(key) == 32
    assert path.read_text("ascii") == key.hex() + "\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_or_make_key(path) == key
    assert [file.name for file in path.parent.iterdir()] == ["ads.key"]


def test_builds_that_make_the_key_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_or_make_key(tmp_path / "ads.key"), range(16)))
    assert len(keys) == 1


@pytest.mark.parametrize("written", ["", "abc", "zz" * 32, "ab" * 31, "é" * 64])
def test_a_damaged_key_is_told_not_replaced(tmp_path: Path, written: str) -> None:
    path = tmp_path / "ads.key"
    path.write_text(written, "utf-8")
    with pytest.raises(SettingsError, match=r"ads\.key"):
        read_or_make_key(path)
    assert path.read_text("utf-8") == written
