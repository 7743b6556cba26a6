"""Addresses of gated images in a private feed: each opens one file, for one feed, by a MAC.

Feed readers fetch images without cookies, and show them to whoever they like; so such an address
holds nothing of the feed's own secret and opens neither the feed nor another image.
"""

import base64
import hashlib
import hmac
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from paywall.accounts.feeds import Standing
from paywall.errors import KeyFileError
from paywall.private_files import private_directory, read_private, write_private
from paywall.site.paths import read_path

IMAGES_PREFIX = b"/flux/images/"
KEY_NAME = "feeds.key"

_KEY_BYTES = 32
_MAC_BYTES = 16
_ASKED = re.compile(
    rb"/flux/images/(?P<feed>[1-9][0-9]{0,8})/(?P<mac>[A-Za-z0-9_-]{22})"
    rb"(?P<path>/images/[^/]+/[^/]+\.(?:jpg|png))"
)
_PURPOSE = "bicorne:feed-image:1"


@dataclass(frozen=True, slots=True)
class AskedImage:
    """What an address says; nothing of it is checked."""

    feed_id: int
    mac: str
    path: str


class ImageAddresses:
    """Writes and checks them, with a key of the service's own."""

    def __init__(self, key: bytes, address: str) -> None:
        self._key, self._address = key, address

    def address(self, standing: Standing, image: str) -> bytes:
        """The whole address of an image, in a feed."""
        path = read_path(image.encode()) or ""
        mac = self._mac(standing, path)
        return f"{self._address}/flux/images/{standing.feed_id}/{mac}{_spelled(path)}".encode()

    def opens(self, asked: AskedImage, standing: Standing) -> bool:
        """Whether an address was written for this feed, as it is now, and this image."""
        return asked.feed_id == standing.feed_id and hmac.compare_digest(
            asked.mac, self._mac(standing, asked.path)
        )

    def _mac(self, standing: Standing, path: str) -> str:
        told = (_PURPOSE, str(standing.feed_id), standing.digest.hex(), path)
        mac = hmac.digest(self._key, "\0".join(told).encode(), hashlib.sha256)[:_MAC_BYTES]
        return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def read_image_address(raw_path: bytes) -> AskedImage | None:
    """Take an address apart, if it is spelled as we spell them."""
    found = _ASKED.fullmatch(raw_path)
    if found is None:
        return None
    path = read_path(found["path"])
    if path is None or _spelled(path).encode() != found["path"]:
        return None
    return AskedImage(int(found["feed"]), found["mac"].decode(), path)


def load_image_key(directory: Path) -> bytes:
    """The key in a directory, made at the first start. Raises `KeyFileError`.

    Not one of the signing keys: these are replaced, and every image in every feed reader would be
    at another address from that day.
    """
    path = directory / KEY_NAME
    try:
        with private_directory(directory):
            if not path.exists():
                write_private(path, os.urandom(_KEY_BYTES))
            key = read_private(path)
    except OSError as error:
        raise KeyFileError(f"clé illisible : {error.strerror} : {error.filename}") from error
    if len(key) != _KEY_BYTES:
        raise KeyFileError(f"{path} n’est pas une clé de {_KEY_BYTES} octets")
    return key


def _spelled(path: str) -> str:
    """Nothing that HTML or XML would write otherwise."""
    return quote(path, safe="/")
