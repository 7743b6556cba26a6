"""From what a browser tells to lines of the log: what is believed, what is marked and why."""

import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from paywall.ads.batch import Batch, Click, Told, ad_of, kind_of
from paywall.ads.bots import is_robot
from paywall.ads.events import Event, Suspicion
from paywall.ads.hours import Hours
from paywall.ads.log import EventLog
from paywall.ads.marks import digest_of
from paywall.ads.rates import POSSIBLE, REFUSED, Rates
from paywall.ads.replays import Replays
from paywall.ads.watched import Watched
from paywall.errors import KeyFileError, PaywallError
from paywall.networks import Address
from paywall.private_files import read_private
from paywall.settings import Settings

log = logging.getLogger(__name__)

_KEY_BYTES = 32
_ONCE_BYTES = 8
_DAY_LETTERS = len("2026-12-01")


class ForgedError(PaywallError):
    """A mark that no page of ours has."""


class FloodError(PaywallError):
    """More from one network than is written down."""


class ClosedError(PaywallError):
    """Nothing can be counted: there is no key, or no room."""


class _Seen(msgspec.Struct):
    """What of a line is wanted to know it again."""

    once: str = ""


class Counting:
    """The key, the log, and what is remembered to tell repetitions. For one event loop."""

    def __init__(self, settings: Settings, events: EventLog | None = None) -> None:
        self._folder = settings.var / "events"
        self.log = events or EventLog(self._folder)
        self.hours = Hours(settings.output)
        self._key: Watched[bytes] = Watched(settings.var / "ads.key", read_key, b"")
        self._replays, self._rates = Replays(), Rates()
        self._encode = msgspec.json.Encoder().encode_lines

    def look(self) -> None:
        """See whether the build has made another key, or tells another zone."""
        self._key.look()
        self.hours.look()

    def remember(self, now: datetime) -> None:
        """Learn from the log of today and yesterday what was told before this process began."""
        self.look()
        for then in (now - timedelta(days=1), now):
            day = self.hours.hour_at(then, then.timestamp())[:_DAY_LETTERS]
            for once in _told_on(self._folder / f"{day}.jsonl"):
                self._replays.add(day, once)

    def count(self, batch: Batch, agent: str, address: Address | None, now: datetime) -> None:
        """Write down what a page view told. Raises `ForgedError`, `FloodError`, `ClosedError`."""
        key, seconds = self._key.value, now.timestamp()
        hour = self.hours.hour_at(now, seconds)
        day = hour[:_DAY_LETTERS]
        if not key or not self.log.is_open(day):
            raise ClosedError
        if not batch.is_ours(key):
            raise ForgedError
        sent = self._rates.count(address, seconds)
        if sent > REFUSED:
            raise FloodError
        marks: tuple[Suspicion, ...] = ("bot",) if is_robot(agent) else ()
        if sent > POSSIBLE:
            marks += ("rate",)
        events = [self._event(key, batch, told, marks, hour) for told in batch.events]
        self.log.append(day, self._encode(events))

    def _event(
        self, key: bytes, batch: Batch, told: Told, marks: tuple[Suspicion, ...], hour: str
    ) -> Event:
        kind, ad = kind_of(told), ad_of(told)
        once = _once(key, batch.id, kind, ad)
        if isinstance(told, Click) and not self._replays.holds(_once(key, batch.id, "view", ad)):
            marks += ("orphan",)
        if not self._replays.add(hour[:_DAY_LETTERS], once):
            marks += ("replay",)
        written = urlsafe_b64encode(once).rstrip(b"=").decode("ascii")
        return Event(hour, kind, batch.page, batch.tier, batch.source, *ad, marks, written)


def read_key(path: Path) -> bytes:
    """The key that the build made: 64 hexadecimal digits. Raises `KeyFileError`, `OSError`."""
    try:
        key = bytes.fromhex(read_private(path).decode("ascii"))
    except ValueError as error:
        raise KeyFileError(f"{path} n’est pas une clé") from error
    if len(key) != _KEY_BYTES:
        raise KeyFileError(f"{path} n’est pas une clé")
    return key


def _once(key: bytes, view: str, kind: str, ad: tuple[str, str, str]) -> bytes:
    return digest_of(key, "\n".join(("once", view, kind, *ad)))[:_ONCE_BYTES]


def _told_on(path: Path) -> Iterator[bytes]:
    """What a day's file holds, but for lines that are none."""
    decode = msgspec.json.Decoder(_Seen).decode
    try:
        with path.open("rb") as lines:
            for line in lines:
                try:
                    once = urlsafe_b64decode(decode(line).once + "=")
                except (ValueError, RecursionError):
                    continue
                if len(once) == _ONCE_BYTES:
                    yield once
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("journal illisible, des répétitions ne seront pas vues : %s", error.strerror)
