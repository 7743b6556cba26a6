"""Files that texts link to, published under an address of their content."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from plugins.magazine.anchors import anchor, content_name


@dataclass
class Downloads:
    """A file whose content only gated pages link to is gated with them."""

    _names: dict[Path, str] = field(default_factory=dict)
    _used: set[Path] = field(default_factory=set)
    _gated_by: dict[str, set[str]] = field(default_factory=dict)
    _public: set[str] = field(default_factory=set)

    def use(self, file: Path, gate: str) -> str:
        """Publish a file; returns its address. ``gate``: the gated page that links to it."""
        self._used.add(file)
        if gate:
            self._gated_by.setdefault(self.name_of(file), set()).add(gate)
        else:
            self._public.add(self.name_of(file))
        return self._url(file)

    def name_of(self, file: Path) -> str:
        """The name of a file's content, worked out once."""
        if file not in self._names:
            self._names[file] = content_name(file.read_bytes())
        return self._names[file]

    def files(self) -> Iterator[tuple[str, Path, str]]:
        """Each file: its tree, where it lies, its address."""
        for file in sorted(self._used):
            name = self._names[file]
            yield "public" if name in self._public else "members", file, self._url(file)

    def gates(self) -> dict[str, list[str]]:
        """Folder of gated files → addresses of the gated pages that link to them."""
        gated = sorted(self._gated_by.keys() - self._public)
        return {_folder(name): sorted(self._gated_by[name]) for name in gated}

    def _url(self, file: Path) -> str:
        return f"{_folder(self._names[file])}{anchor(file.stem)}{file.suffix.lower()}"


def _folder(name: str) -> str:
    return f"/fichiers/{name}/"
