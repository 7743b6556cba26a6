"""Plugins that are not the magazine's: what they are and how they are set, as a digest.

A guest may change any page, so that with it, without it, or with another version of it no page
is what it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from plugins.magazine.digest import digest_of

_OWN = "plugins."
_PLACES = frozenset({"PATH", "THEME", "OUTPUT_PATH", "CACHE_PATH", "PLUGIN_PATHS"})
"""Settings that say where things lie, which no page shows."""


def surroundings(plugins: Iterable[ModuleType], settings: Mapping[str, Any]) -> bytes:
    """A digest of the guests among the plugins, and of all that settings say in plain values."""
    guests = [plugin for plugin in plugins if not plugin.__name__.startswith(_OWN)]
    sources = tuple((guest.__name__, *_sources(guest)) for guest in guests)
    said = {name: _plain(value) for name, value in settings.items() if name not in _PLACES}
    return digest_of(sources, sorted(said.items()))


def _sources(guest: ModuleType) -> Iterator[bytes]:
    """The modules of a guest; one that has no file is known by its name alone."""
    if not guest.__file__:
        return
    file = Path(guest.__file__)
    files = sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]
    yield from (module.read_bytes() for module in files)


def _plain(value: object) -> str:
    """A value as it is written; of functions and objects the kind, since each run has its own."""
    if isinstance(value, Mapping):
        return repr(sorted((str(key), _plain(item)) for key, item in value.items()))
    if isinstance(value, list | tuple):
        return repr([_plain(item) for item in value])
    if isinstance(value, set | frozenset):
        return repr(sorted(map(_plain, value)))
    if isinstance(value, str | bytes | int | float | None):
        return repr(value)
    return f"{type(value).__name__} {getattr(value, '__qualname__', '')}"
