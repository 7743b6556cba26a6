"""What the script weighs, as the service sends it."""

import gzip
from pathlib import Path

import httpx
from demo_site import served

from bench.viewability.site import REPOSITORY
from paywall.site.media import is_immutable
from plugins.magazine.assets import Assets

LIMIT_BYTES = 2500


def test_the_script_is_sent_in_two_and_a_half_kilobytes(tmp_path: Path) -> None:
    assets = Assets.of(REPOSITORY / "theme")
    address = assets.url("js/ads.js")
    file = tmp_path / "output" / "public" / address.lstrip("/")
    file.parent.mkdir(parents=True)
    file.write_text(dict(assets.made())[address.lstrip("/")], "utf-8")
    (tmp_path / "output" / "manifest.json").write_text("{}")
    with (
        served(tmp_path / "output", tmp_path) as site,
        httpx.stream("GET", f"{site.address}{address}") as answer,
    ):
        body = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert is_immutable(address)
    assert gzip.decompress(body) == file.read_bytes()
    assert len(body) <= LIMIT_BYTES
