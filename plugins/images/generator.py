"""Writes the derivatives of every image in use, on all cores."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from plugins.images.derive import Derivative, make, place
from plugins.press.workers import workers


class ImagesGenerator(Generator):  # type: ignore[misc]
    """Runs after the pages, which know what they show."""

    stage = 50

    def generate_output(self, _writer: Any) -> None:
        """Write public images to the public tree, gated ones to the members' tree."""
        edition = self.context["edition"]
        output, cache = Path(self.output_path), edition.settings.cache / "images"
        trees = {"public": list(edition.images.public), "members": list(edition.images.gated)}
        _make_all((d for tree in trees.values() for d in tree), cache)
        for tree, derivatives in trees.items():
            for derivative in derivatives:
                target = output / tree / derivative.folder / derivative.name
                place(make(derivative, cache), target)


def _make_all(derivatives: Iterable[Derivative], cache: Path) -> None:
    with workers() as pool:
        for _ in pool.map(partial(make, cache=cache), derivatives, chunksize=4):
            pass
