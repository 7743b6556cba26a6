"""Conditional requests for feeds: what says that a reader has the present one already."""

import hashlib
from datetime import datetime, timedelta
from email.utils import format_datetime

from starlette.requests import Request

from paywall.accounts.feeds import Standing
from paywall.feeds.template import Template
from paywall.site.lru import Lru
from paywall.site.representations import matches

_MAX_FEEDS = 100_000
_SECOND = timedelta(seconds=1)


class Changes:
    """Since when each feed has been as it is: `Last-Modified`. For one thread.

    No row and no file says so: rights come and go by dates, refunds and disputes, entries by
    builds, and the latest of these is not always what changed last. So it is the instant at which
    this process first saw the feed's present tag; after a restart, that of the restart.
    """

    def __init__(self) -> None:
        self._seen: Lru[int, tuple[bytes, datetime]] = Lru(_MAX_FEEDS)

    def since(self, feed_id: int, etag: bytes, now: datetime) -> bytes:
        """The date to send: another whenever the tag is another."""
        known = self._seen.get(feed_id)
        if known is None or known[0] != etag:
            changed = now.replace(microsecond=0)
            if known is not None:
                changed = max(changed, known[1] + _SECOND)
            known = etag, changed
            self._seen.put(feed_id, known)
        return format_datetime(known[1], usegmt=True).encode()


def etag_of(template: Template, standing: Standing) -> bytes:
    """A weak tag, for all codings; of the feed, too: its images have addresses of its own."""
    told = b"%s%d:%s" % (template.digest, standing.feed_id, standing.digest)
    return b'W/"f-%s"' % hashlib.blake2b(told, digest_size=12).hexdigest().encode()


def is_fresh(request: Request, etag: bytes, last_modified: bytes) -> bool:
    """Whether 304 is the answer (RFC 9110, 13.2.2).

    A date counts only if it is the one that we sent: feed readers make up others, later ones, and
    their copies may be older.
    """
    if "if-none-match" in request.headers:
        return matches(request, etag)
    return request.headers.get("if-modified-since", "").encode("latin-1") == last_modified
