"""All that requests share: made once by `create_app`, passed to whatever answers."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from paywall.ads.counting import Counting
from paywall.cookies import Cookies
from paywall.ended import EndedSubjects
from paywall.errors import OffersError
from paywall.live_keys import Keys
from paywall.money.till import Till
from paywall.offers.file import read_offers
from paywall.offers.grid import Offers
from paywall.offers.members import Members
from paywall.settings import Settings
from paywall.site.issues import Issues
from paywall.store.database import Database

log = logging.getLogger(__name__)


class OffersFile:
    """The offers, read again when their file changes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._offers: Offers | None = None

    def current(self) -> Offers:
        """The offers as they stand.

        Those that were replaced by wrong ones stand on: no account closes for a slip of the pen.
        Raises `OffersError` where there were no good ones since the service began.
        """
        seen = self._look()
        if self._offers is None or seen != self._seen:
            try:
                self._offers = read_offers(self._file)
            except OffersError as error:
                if self._offers is None:
                    raise
                log.warning("offres fautives, et non reprises : %s", error)
            self._seen = seen
        return self._offers

    def _look(self) -> tuple[int, int] | None:
        try:
            status = self._file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size


@dataclass(frozen=True)
class Service:
    """Settings, the store, the files that say what is sold, the keys, the time."""

    settings: Settings
    database: Database
    offers: OffersFile
    members: Members
    keys: Keys
    clock: Callable[[], datetime]
    cookies: Cookies
    ended: EndedSubjects

    @cached_property
    def issues(self) -> Issues:
        """What the build tells of issues."""
        return Issues(self.settings.output)

    @cached_property
    def till(self) -> Till:
        """The books, and whoever takes money."""
        return Till(self.settings, self.database, self.offers.current, self.clock)

    @cached_property
    def counting(self) -> Counting:
        """What is seen of pages and ads."""
        return Counting(self.settings)
