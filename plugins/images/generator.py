"""Writes the derivatives of every image in use, on all cores."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from plugins.images.derive import Derivative, make
from plugins.press.kept import kept_names, place
from plugins.press.workers import workers


class ImagesGenerator(Generator):  # type: ignore[misc]
    """Runs after the pages, which know what they show."""

    stage = 50

    def generate_output(self, _writer: Any) -> None:
        """Write public images to the public tree, gated ones to the members' tree."""
        edition = self.context["edition"]
        output, cache = Path(self.output_path), edition.settings.cache / "images"
        trees = {"public": list(edition.images.public), "members": list(edition.images.gated)}
        make_missing((d for tree in trees.values() for d in tree), cache)
        for tree, derivatives in trees.items():
            _place_all(derivatives, cache, output / tree)


def make_missing(
    derivatives: Iterable[Derivative],
    cache: Path,
    tell_made: Callable[[int], object] = lambda _count: None,
) -> None:
    """Encode, on all cores, what the cache does not hold.

    ``tell_made`` is called with the number of files made since it was last called.
    """
    cache.mkdir(parents=True, exist_ok=True)
    held = kept_names(cache)
    wanted = {derivative.kept_name: derivative for derivative in derivatives}
    missing = [derivative for name, derivative in wanted.items() if name not in held]
    if not missing:
        return
    with workers() as pool:
        for _ in pool.map(partial(make, cache=cache), missing):
            tell_made(1)


def _place_all(derivatives: Iterable[Derivative], cache: Path, tree: Path) -> None:
    placed = [(derivative, tree / derivative.folder) for derivative in derivatives]
    for folder in {folder for _, folder in placed}:
        folder.mkdir(parents=True, exist_ok=True)
    for derivative, folder in placed:
        place(cache / derivative.kept_name, folder / derivative.name)
