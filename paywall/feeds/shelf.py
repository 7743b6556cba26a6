"""The renderings in use: one for all who may read the same, made when somebody first asks."""

import logging
import weakref
from datetime import datetime

import anyio
import anyio.to_thread

from paywall.feeds.rendering import render
from paywall.feeds.source import NAME, Source, SourceError, read_source
from paywall.feeds.template import Template
from paywall.gate import Entitlement
from paywall.site.lru import Lru
from paywall.site.output import Build, Output

CACHED_BYTES = 48 * 1024 * 1024

_ROOT = "."

log = logging.getLogger("paywall")


class Shelf:
    """Keeps renderings, up to a total size. For one thread: the event loop's."""

    def __init__(self, output: Output, max_bytes: int = CACHED_BYTES) -> None:
        self._output = output
        self._templates: Lru[tuple[object, ...], Template] = Lru(max_bytes)
        self._making = anyio.Lock()
        self._source: Source | None = None
        self._read_from: weakref.ref[Build] | None = None
        self._reason = ""

    async def template(self, entitlement: Entitlement, now: datetime) -> Template | None:
        """The feed of a reader, without images' addresses; None where there is none to serve."""
        source = await self._current()
        if source is None:
            return None
        readable = source.readable(entitlement, now)
        key = source.digest, source.gated_images, readable
        known = self._templates.get(key)
        if known is not None:
            return known
        async with self._making:  # one at a time: many ask at once after a publication
            known = self._templates.get(key)
            if known is None:
                known = await anyio.to_thread.run_sync(render, source, readable)
                self._templates.put(key, known, known.size_bytes)
        return known

    async def _current(self) -> Source | None:
        build = self._output.current()
        if self._read_from is None or self._read_from() is not build:
            async with self._making:
                await self._read()
        return self._source

    async def _read(self) -> None:
        """Read the current build's; again where it was replaced meanwhile."""
        build = self._output.current()
        while build is not None and (self._read_from is None or self._read_from() is not build):
            try:
                self._source, self._reason = await anyio.to_thread.run_sync(_source_of, build), ""
            except (SourceError, OSError) as error:
                self._source = None
                self._say(f"{NAME} illisible, les flux privés attendent : {error}")
            self._read_from = weakref.ref(build)
            build = self._output.current()
        if build is None:
            self._source = self._read_from = None

    def _say(self, reason: str) -> None:
        """Log a reason when it changes, not at each request."""
        if reason != self._reason:
            self._reason = reason
            log.warning(reason)


def _source_of(build: Build) -> Source:
    file = build.open(_ROOT, NAME)
    if file is None:
        raise SourceError("absent")
    try:
        return read_source(file.read(), build.manifest)
    finally:
        file.close()
