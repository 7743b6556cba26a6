"""Files that texts link to, published under an address of their content."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from plugins.magazine.anchors import anchor


@dataclass
class Downloads:
    """A file that only gated pages link to is gated with them."""

    _digests: dict[Path, str] = field(default_factory=dict)
    _gated_by: dict[Path, set[str]] = field(default_factory=dict)
    _public: set[Path] = field(default_factory=set)

    def use(self, file: Path, gate: str) -> str:
        """Publish a file; returns its address. ``gate``: the gated page that links to it."""
        if file not in self._digests:
            self._digests[file] = hashlib.blake2b(file.read_bytes(), digest_size=8).hexdigest()
        if gate:
            self._gated_by.setdefault(file, set()).add(gate)
        else:
            self._public.add(file)
        return self._url(file)

    def files(self) -> Iterator[tuple[str, Path, str]]:
        """Each file: its tree, where it lies, its address."""
        for file in sorted(self._digests):
            tree = "public" if file in self._public else "members"
            yield tree, file, self._url(file)

    def gated_files(self) -> list[Path]:
        """The files that no public page links to."""
        return sorted(self._gated_by.keys() - self._public)

    def gates(self) -> dict[str, list[str]]:
        """Folder of gated files → addresses of the gated pages that link to them."""
        return {self._folder(file): sorted(self._gated_by[file]) for file in self.gated_files()}

    def _url(self, file: Path) -> str:
        return f"{self._folder(file)}{anchor(file.stem)}{file.suffix.lower()}"

    def _folder(self, file: Path) -> str:
        return f"/fichiers/{self._digests[file]}/"
