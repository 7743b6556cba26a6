"""Makes what takes long in a process of its own, so that the rest need not wait for it."""

import traceback
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType

from plugins.magazine.messages import tell
from plugins.press.making import memory_shared
from plugins.press.plan import CheckError, Content, Leaf
from plugins.press.workers import watch_build


class Apart:
    """One leaf being made; it finds in memory what the build knew when it began."""

    def __init__(self, leaf: Leaf) -> None:
        self._leaf, self._key = leaf, leaf.key
        self._made, sending = get_context("fork").Pipe(duplex=False)
        self._process = get_context("fork").Process(target=_make, args=(leaf, sending))
        with memory_shared():
            self._process.start()
        sending.close()

    @property
    def is_done(self) -> bool:
        """Whether there is something to take, or will never be."""
        return self._made.poll()

    def take(self) -> Leaf:
        """The leaf, made, under the key it had; raises what kept it from being made."""
        try:
            content: Content | Exception = self._made.recv()
        except EOFError:
            content = CheckError(tell("{path} : n’a pas pu être fait", path=self._leaf.path))
        self._process.join()
        if isinstance(content, Exception):
            raise content
        return replace(self._leaf, key=self._key, make=lambda: content)

    def stop(self) -> None:
        """End it, done or not."""
        self._process.terminate()
        self._process.join()
        self._made.close()


class Begun:
    """Leaves that are being made apart; when their build fails, they are no longer wanted."""

    def __init__(self, stands: Callable[[Leaf], bool]) -> None:
        self._stands = stands
        self._apart: dict[Leaf, Apart] = {}

    def begin(self, leaf: Leaf) -> None:
        """Begin to make a leaf, unless it stands."""
        if not self._stands(leaf):
            self._apart[leaf] = Apart(leaf)

    def taken(self, leaf: Leaf) -> Leaf:
        """A leaf that was begun, made; any other as it is."""
        return self._apart[leaf].take() if leaf in self._apart else leaf

    def __bool__(self) -> bool:
        return bool(self._apart)

    def __enter__(self) -> "Begun":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _at: TracebackType | None
    ) -> None:
        if kind:
            for apart in self._apart.values():
                apart.stop()


def _make(leaf: Leaf, sending: Connection) -> None:
    watch_build()
    try:
        sending.send(leaf.make())
    except Exception as error:  # it is the build's to tell
        error.add_note(traceback.format_exc())
        sending.send(error)
