"""From what an address says to the feed that it is of, if there is one, asked of the database.

At each request: a feed that was revoked, and a right that has ended, are so at once, in every
process.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import TypeAlias

import anyio.to_thread
from starlette.requests import Request

from paywall.accounts.feeds import Standing, find_feed, find_feed_by_id, standing_of
from paywall.feeds.images import AskedImage, ImageAddresses
from paywall.feeds.strangers import Strangers
from paywall.service import Service
from paywall.views.asked import network_of

Sought: TypeAlias = str | AskedImage
"""The secret of a feed, or an image in one."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was looked up: this network must wait."""

    seconds: int


class Lookup:
    """Finds feeds, and limits who seeks those that are none."""

    def __init__(self, service: Service, addresses: ImageAddresses) -> None:
        self._service, self._addresses = service, addresses
        self._strangers = Strangers()

    async def standing(
        self, request: Request, sought: Sought, now: datetime
    ) -> Standing | Refused | None:
        """The feed as it stands; None where there is none, or an image is not of it.

        Raises `DatabaseDownError`.
        """
        network = network_of(request, self._service.settings.proxies)
        name = hashlib.blake2b(repr(sought).encode(), digest_size=16).digest()
        wait = self._strangers.wait(network, name, now)
        if wait is not None:
            return Refused(max(1, ceil(wait.total_seconds())))
        find = self._of_secret if isinstance(sought, str) else self._of_image
        look_up: Callable[..., Standing | None] = find
        standing = await anyio.to_thread.run_sync(look_up, sought, now)
        self._strangers.note(network, name, now, found=standing is not None)
        return standing

    def _of_secret(self, secret: str, now: datetime) -> Standing | None:
        with self._service.database.read() as db:
            feed = find_feed(db, secret)
            return standing_of(db, feed, now) if feed else None

    def _of_image(self, image: AskedImage, now: datetime) -> Standing | None:
        with self._service.database.read() as db:
            feed = find_feed_by_id(db, image.feed_id)
            standing = standing_of(db, feed, now) if feed else None
        return standing if standing and self._addresses.opens(image, standing) else None
