"""What was chosen for each page, kept for the next build, which weighs what has changed."""

from collections.abc import Mapping

import msgspec

from plugins.press.kept import KeptFiles

FOLDER = "matching"
"""Of the cache."""
_FILE = "choices"


class Choice(msgspec.Struct, frozen=True, array_like=True):
    """Bookings that suit a page now, and those that will once they begin, by their place in the
    list that the recipe names: the best first, exclusive ones before, the magazine's own after."""

    running: tuple[int, ...] = ()
    coming: tuple[int, ...] = ()


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A page's choice. ``key`` says what of the page it was made from."""

    key: bytes
    choice: Choice


_DECODE = msgspec.msgpack.Decoder(dict[str, Kept]).decode
_ENCODE = msgspec.msgpack.Encoder().encode


class Store:
    """A file of choices; ``recipe`` says what they were made with. It may be lost at any time."""

    def __init__(self, files: KeptFiles, recipe: bytes) -> None:
        self._files = files
        self._recipe = recipe

    def read(self) -> dict[str, Kept]:
        """All choices, by page; none when they were made with something else, or are damaged."""
        content = self._files.read(_FILE)
        if content is None or not content.startswith(self._recipe):
            return {}
        return _DECODE(memoryview(content)[len(self._recipe) :])

    def keep(self, choices: Mapping[str, Kept]) -> None:
        """Put choices in the place of all that are kept."""
        self._files.keep(_FILE, self._recipe + _ENCODE(choices))
