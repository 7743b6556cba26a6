"""Makes what takes long in a process of its own, so that pages need not wait for it."""

from multiprocessing import get_context
from multiprocessing.connection import Connection

from plugins.press.plan import Content, Leaf
from plugins.press.workers import watch_build


class Apart:
    """One leaf being made; it finds in memory what the build knew when it began."""

    def __init__(self, leaf: Leaf) -> None:
        self.leaf, self.key = leaf, leaf.key
        self._made, sending = get_context("fork").Pipe(duplex=False)
        self._process = get_context("fork").Process(target=_make, args=(leaf, sending))
        self._process.start()
        sending.close()

    @property
    def is_done(self) -> bool:
        """Whether there is something to take, or will never be."""
        return self._made.poll()

    def take(self) -> Content | None:
        """What was made; nothing when that failed."""
        try:
            made: Content | None = self._made.recv()
        except EOFError:
            made = None
        self._process.join()
        return made

    def stop(self) -> None:
        """End it, done or not."""
        self._process.terminate()
        self._process.join()
        self._made.close()


def _make(leaf: Leaf, sending: Connection) -> None:
    watch_build()
    sending.send(leaf.make())
