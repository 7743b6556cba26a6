"""Makes what takes long in a process of its own, so that the rest need not wait for it."""

import traceback
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection

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


def _make(leaf: Leaf, sending: Connection) -> None:
    watch_build()
    try:
        sending.send(leaf.make())
    except Exception as error:  # it is the build's to tell
        error.add_note(traceback.format_exc())
        sending.send(error)
