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
from plugins.resident.news import REFUSED, SETTINGS_CHANGED, News
from plugins.resident.watching import batches


def main(arguments: Sequence[str]) -> int:
    """Watch until told to stop; the exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    settings_file, news_file = (Path(name) for name in arguments)
    settings = read_settings(str(settings_file))
    published = Path(settings["OUTPUT_PATH"])
    try:
        press = Press(settings)
        with only_build(published):
            check_ours(published)
            builder = Builder(press, published, News.to(news_file, published, os.environ))
            return _watch(builder, press, settings_file)
    except (*REASONS, OSError) as error:
        told = reason(error, published, Path(settings["CACHE_PATH"]))
        if told is None:
            raise
        print(told, file=sys.stderr)
        if news_file.exists():
            News.again(news_file).refused(told)
        return REFUSED
    except KeyboardInterrupt:
        return 0


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
