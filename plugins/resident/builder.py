"""The builder: a whole build first, then of every change as little as shows it."""

import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from plugins.magazine.messages import tell
from plugins.press.failures import reason
from plugins.press.making import release_memory
from plugins.press.press import Press
from plugins.resident.news import News
from plugins.resident.revision import ShapeChangedError
from plugins.resident.standing import Standing
from plugins.resident.watching import Batch

T = TypeVar("T")

MANY = 50
"""So many documents at once come from somewhere else than an editor's hand."""

CLOCK_SECONDS = 30
"""How often the clock is looked at: it opens texts and ends events, too."""


class Builder:
    """Keeps what a build has worked out, for as long as it holds."""

    def __init__(self, press: Press, published: Path, news: News) -> None:
        self._press, self._published, self._news = press, published, news
        self._cache = Path(press.settings["CACHE_PATH"])
        self._standing: Standing | None = None
        self._unpublished: set[str] = set()
        """Documents that have changed since the last publication."""
        self._looked_at = time.monotonic()

    def publish_all(self) -> None:
        """Read everything again, and publish it."""
        started = time.monotonic()
        self.close()
        self._standing = None
        release_memory()
        self._standing = self._attempt(self._build)
        if self._standing is not None:
            self._unpublished = set()
            seconds = f"{time.monotonic() - started:.1f}"
            message = "Publié : {pages} pages dans {output} ({seconds} s)."
            pages = len(self._standing.edition.pages)
            _say(tell(message, pages=pages, output=self._published, seconds=seconds))
            for notice in self._standing.notices:
                _say(notice)
            self._news.published()

    def follow(self, batch: Batch) -> None:
        """Publish what a batch of changes touches; in a pause, what was put off."""
        self._unpublished |= batch.documents
        everything = batch.theme or any(map(self._matters, batch.others))
        if everything or self._is_past() or len(self._unpublished) > MANY:
            self.publish_all()
        elif batch.documents:
            self._revise()
        elif self._standing:
            self._attempt(self._standing.finish)

    def close(self) -> None:
        """Leave both trees such that the next build goes on from them."""
        if self._standing:
            self._standing.close()

    def _revise(self) -> None:
        started, standing = time.monotonic(), self._standing
        if standing is None:
            self.publish_all()
            return
        try:
            pages = self._attempt(lambda: standing.revise(self._unpublished))
        except ShapeChangedError:
            self.publish_all()
            return
        if pages is not None:
            self._unpublished = set()
            ms = round((time.monotonic() - started) * 1000)
            if pages:
                _say(tell("Publié : {pages} page(s) en {ms} ms.", pages=pages, ms=ms))
            elif self._news.error:
                _say(tell("Plus de problème ; le site est à jour."))
            self._news.published()

    def _matters(self, path: str) -> bool:
        """Whether a file that is no document is there, or was: editors leave others for moments."""
        standing = self._standing
        if standing is None or (standing.edition.settings.content / path).exists():
            return True
        inside = f"{path}/"
        return any(p == path or p.startswith(inside) for p in standing.edition.shelf.files)

    def _is_past(self) -> bool:
        if self._standing is None or time.monotonic() < self._looked_at + CLOCK_SECONDS:
            return False
        self._looked_at = time.monotonic()
        return self._standing.is_past

    def _build(self) -> Standing:
        return Standing(self._press.build(self._published), self._published)

    def _attempt(self, work: Callable[[], T]) -> T | None:
        """Do some work; what keeps it from being done is told, and the last good site stays."""
        try:
            return work()
        except ShapeChangedError:
            raise
        except Exception as error:
            self._refuse(self._told(error))
        return None

    def _told(self, error: Exception) -> str:
        """What to say of an error; a template's mistake must not end the watch."""
        told = reason(error, self._published, self._cache)
        if told is None:
            traceback.print_exc()
            told = f"{type(error).__name__}: {error}"
        return told

    def _refuse(self, reason: str) -> None:
        _say(reason)
        self._news.refused(reason)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
