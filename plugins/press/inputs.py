"""What a build is made from, seen in one walk, before Pelican is even imported."""

import hashlib
import os
import runpy
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.ads import DEFAULT_KEY
from plugins.magazine.listing import list_files, settled

_BUILDER = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where a build works, and a digest of all that it reads but the key of ads, which it may make.

    The digest is empty when something changed so shortly ago that it may still be changing.
    """

    output: Path
    cache: Path
    key: Path
    digest: str
    seen_at: float


def look(settings_file: Path) -> Inputs | None:
    """Look at all inputs; ``None`` where settings do not tell them here: Pelican will say why."""
    seen_at_ns, settings_file = time.time_ns(), settings_file.absolute()
    try:
        settings = _values(settings_file)
        content, theme, output, cache = (
            settings_file.parent / settings[name]
            for name in ("PATH", "THEME", "OUTPUT_PATH", "CACHE_PATH")
        )
        key = output.absolute().parent / settings.get("ADS", {}).get("key", DEFAULT_KEY)
        guests = [settings_file.parent / path for path in settings.get("PLUGIN_PATHS", ())]
        signatures = list(_signatures([content, theme, *guests, _BUILDER], seen_at_ns))
    except Exception:  # the settings are somebody's program: Pelican runs it again and tells
        return None
    digest = "" if None in signatures else _digest(settings_file, settings, signatures)
    return Inputs(output, cache, key, digest, seen_at_ns / 1e9)


def _values(settings_file: Path) -> Mapping[str, Any]:
    """Settings as Pelican reads them: what the file calls by capital letters."""
    given = runpy.run_path(str(settings_file))
    return {name: given[name] for name in sorted(given) if name.isupper()}


def _signatures(folders: list[Path], seen_at_ns: int) -> Iterator[bytes | None]:
    """Every file's name and signature; ``None`` for one that cannot be trusted."""
    for folder in folders:
        yield os.fsencode(folder)
        for path, seen in sorted(list_files(folder, every=True).items()):
            yield os.fsencode(path)
            yield settled(seen, seen_at_ns) or None


def _digest(settings_file: Path, settings: Mapping[str, Any], signatures: list[Any]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((str(settings_file), settings, sys.version)).encode())
    digest.update(repr([(path, os.stat(path).st_mtime_ns) for path in _libraries()]).encode())  # noqa: PTH116 (no path objects here)
    digest.update(b"\0".join(signatures))
    return digest.hexdigest()


def _libraries() -> list[str]:
    """Where libraries are installed: a folder that changes when one comes or goes."""
    named = ("site-packages", "dist-packages")
    return [path for path in sys.path if path.endswith(named) and os.path.isdir(path)]  # noqa: PTH112
