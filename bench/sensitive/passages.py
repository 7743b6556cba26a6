"""The labelled passages: a YAML map from class to passages, one a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from plugins.ads.sensitive.lexicon import CLASSES

PASSAGES = Path("tests/ads/sensitive")
HARMLESS = ("harmless", "traps")


@dataclass(frozen=True, slots=True)
class Passage:
    """``label`` is a class of the judge, or one of ``HARMLESS``."""

    label: str
    text: str

    @property
    def painful(self) -> bool:
        """Should ads keep away from it?"""
        return self.label in CLASSES


def passages(path: Path) -> tuple[Passage, ...]:
    """Those of a file, or of every file of a folder, in order of name."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else (path,)
    return tuple(passage for file in files for passage in _of_file(file))


def _of_file(file: Path) -> Iterator[Passage]:
    for label, lines in yaml.safe_load(file.read_text("utf-8")).items():
        if label not in CLASSES + HARMLESS:
            raise ValueError(f"{file}: {label}: no class of the judge")
        for line in lines.splitlines():
            yield Passage(label, line)
