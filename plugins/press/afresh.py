"""Forgetting: the next build takes nothing over from earlier ones."""

import shutil
from pathlib import Path

from plugins.press.ledger import forget
from plugins.press.publish import unfinished_beside

_KEPT = (
    "published.json", "content.sqlite", "matching", "images", "cards", "search", "templates",
)  # fmt: skip
"""What builds keep in the cache folder, where somebody may keep things of their own."""


def forget_everything(published: Path, cache: Path) -> None:
    """Forget what was read, drawn and published; what is published stays where it is."""
    forget(published)
    shutil.rmtree(unfinished_beside(published), ignore_errors=True)
    for name in _KEPT:
        shutil.rmtree(cache / name, ignore_errors=True)
        (cache / name).unlink(missing_ok=True)
