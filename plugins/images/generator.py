"""Plans the derivatives of every image in use."""

from functools import partial
from typing import Any

from pelican.generators import Generator

from plugins.images.derive import make
from plugins.press.kept import KeptFiles
from plugins.press.plan import Leaf, Stage


class ImagesGenerator(Generator):  # type: ignore[misc]
    """Runs when it is known what pages show."""

    stage = 50
    replans = True

    def generate_output(self, _writer: Any) -> None:
        """Plan public images in the public tree, gated ones in the members' tree."""
        edition, plan = self.context["edition"], self.context["plan"]
        kept = KeptFiles(edition.settings.cache / "images")
        plan.kept.append(kept)
        for tree, derivatives in {
            "public": edition.images.public,
            "members": edition.images.gated,
        }.items():
            for derivative in derivatives:
                path = f"{tree}/{derivative.folder}/{derivative.name}"
                key = derivative.kept_name.encode()
                plan.add(Leaf(path, key, partial(make, derivative, kept), Stage.IMAGES))
