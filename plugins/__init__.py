"""Bicorne's Pelican plugins: the build half, from Markdown files to the two output trees."""

from typing import Any


def __getattr__(name: str) -> Any:
    """``plugins.Press``, imported when it is asked for.

    Settings name it by this word: they can be read without Pelican (:mod:`plugins.press.inputs`).
    """
    if name == "Press":
        from plugins.press.press import Press

        return Press
    raise AttributeError(name)
