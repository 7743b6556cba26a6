"""Builds, and builds again what changes: ``python -m plugins.resident SETTINGS NEWS``."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from pelican.settings import read_settings

from plugins.magazine.settings import from_pelican
from plugins.press.failures import REASONS, reason
from plugins.press.press import Press
from plugins.press.publish import check_ours, only_build
from plugins.resident.builder import Builder
from plugins.resident.news import News
from plugins.resident.watching import batches

def main(arguments: Sequence[str]) -> int:
    """Watch until told to stop; the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    settings_file, news_file = (Path(name) for name in arguments)
    try:
        before = stamps(settings_file.parent)
        press = _press(settings_file, news_file)
        if press is None:
            return _wait_for_others(settings_file.parent, before)
        return _build_and_watch(press, settings_file, news_file)
    except KeyboardInterrupt:
        return 0


def _press(settings_file: Path, news_file: Path) -> Press | None:
    """The press with these settings; ``None`` where they are wrong, and a site is being served.

    Settings are somebody's program: it may fail in any way.
    """
    try:
        return Press(read_settings(str(settings_file)))
    except Exception as error:  # noqa: BLE001
        told = settings_fault(error, settings_file)
    print(told, file=sys.stderr, flush=True)
    if not news_file.exists():
        sys.exit(1)
    News.again(news_file).refused(told)
    return None


def _wait_for_others(folder: Path, before: Mapping[str, int]) -> int:
    while stamps(folder) == before:
        time.sleep(QUIET_MS / 1000)
    return SETTINGS_CHANGED


def _build_and_watch(press: Press, settings_file: Path, news_file: Path) -> int:
    published = Path(press.settings["OUTPUT_PATH"])
    try:
        with only_build(published):
            check_ours(published)
            builder = Builder(press, published, News.to(news_file, published, os.environ))
            return _watch(builder, press, settings_file)
    except (*REASONS, OSError) as error:
        told = reason(error, published, Path(press.settings["CACHE_PATH"]))
        if told is None:
            raise
        print(told, file=sys.stderr)
        return 1


def _watch(builder: Builder, press: Press, settings_file: Path) -> int:
    try:
        changes = batches(from_pelican(press.settings), settings_file)
        next(changes)  # from here on, what changes while the first build runs is not missed
        builder.publish_all()
        for batch in changes:
            if batch.settings:
                return SETTINGS_CHANGED
            builder.follow(batch)
    finally:
        builder.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
