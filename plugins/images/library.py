"""The images that pages use: what each shows as, who may see it, what is to be made."""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from markupsafe import Markup

from plugins.images.derive import Derivative
from plugins.images.sizes import scaled_height, widths_for
from plugins.images.source import KnownImage, SourceImage, inspect, stamp
from plugins.magazine.parts import Picture, Source

_MODERN = ("avif", "webp")
_FALLBACK_WIDTH_PX = 970
"""That of the widest advertisement, whose image has to fit its box to the pixel."""


@dataclass
class ImageLibrary:
    """Inspects each file once. An image that only gated pages show is gated with them.

    ``known`` is what earlier builds found: a file whose stamp is the same is not opened. What this
    build finds is added to it.
    """

    known: MutableMapping[Path, KnownImage] = field(default_factory=dict)
    has_news: bool = False
    _sources: dict[Path, SourceImage] = field(default_factory=dict)
    _credits: dict[tuple[str, bool], str] = field(default_factory=dict)
    _gated_by: dict[str, set[str]] = field(default_factory=dict)
    _public: set[str] = field(default_factory=set)
    _by_digest: dict[str, SourceImage] = field(default_factory=dict)
    _offers: dict[str, Picture] = field(default_factory=dict)

    def inspect(self, path: Path) -> SourceImage:
        """Read a file once; raises what :func:`plugins.images.source.inspect` does."""
        if path not in self._sources:
            self._sources[path] = self._inspect(path)
        return self._sources[path]

    def _inspect(self, path: Path) -> SourceImage:
        seen, known = stamp(path), self.known.get(path)
        if known is None or known.stamp != seen:
            known = KnownImage(seen, inspect(path))
            self.known[path] = known
            self.has_news = True
        return known.source

    def used(self) -> dict[Path, KnownImage]:
        """What is known of the images that were asked for."""
        return {path: self.known[path] for path in self._sources}

    def picture(
        self, path: Path, alt: str, *, credit: str = "", caption: str = "", gate: str = ""
    ) -> Picture:
        """The picture to show. ``gate`` is the gated page's address, if only it shows it."""
        source = self.use(path, credit=credit, gate=gate)
        if source.digest not in self._offers:
            self._offers[source.digest] = _offer(source)
        offer = self._offers[source.digest]
        return replace(offer, alt=alt, caption=Markup.escape(caption), credit=credit)

    def use(self, path: Path, *, credit: str = "", gate: str = "") -> SourceImage:
        """Note that a page shows an image, so that its files are made; returns what it is."""
        source = self.inspect(path)
        source = self._by_digest.setdefault(source.digest, source)
        if credit:
            self._credits.setdefault((source.digest, bool(gate)), credit)
        if gate:
            self._gated_by.setdefault(source.digest, set()).add(gate)
        else:
            self._public.add(source.digest)
        return source

    @property
    def public(self) -> Iterator[Derivative]:
        """What anybody may fetch."""
        for digest in sorted(self._public):
            yield from self._derivatives(digest)

    @property
    def gated(self) -> Iterator[Derivative]:
        """What only readers of a gated page may fetch."""
        for digest in sorted(self._gated_by.keys() - self._public):
            yield from self._derivatives(digest)

    def gates(self) -> dict[str, list[str]]:
        """Folder of gated files → addresses of the gated pages that show them."""
        only_gated = sorted(self._gated_by.keys() - self._public)
        return {f"/images/{digest}/": sorted(self._gated_by[digest]) for digest in only_gated}

    def _derivatives(self, digest: str) -> Iterator[Derivative]:
        """What only a gated text says of a public image stays out of its metadata."""
        source = self._by_digest[digest]
        credit = self._credits.get((digest, digest not in self._public), "")
        widths = widths_for(source.width_px)
        for extension in _MODERN:
            for width in widths:
                yield Derivative(source, width, extension, credit)
        shown = min(widths[-1], _FALLBACK_WIDTH_PX)
        yield Derivative(source, shown, _fallback(source), credit)


def _offer(source: SourceImage) -> Picture:
    """The files to choose from, which are the same wherever the image is shown."""
    widths = widths_for(source.width_px)
    shown = min(widths[-1], _FALLBACK_WIDTH_PX)
    return Picture(
        src=_url(Derivative(source, shown, _fallback(source), "")),
        width=shown,
        height=scaled_height(source.width_px, source.height_px, shown),
        alt="",
        sources=tuple(
            Source(f"image/{extension}", _srcset(source, widths, extension))
            for extension in _MODERN
        ),
    )


def _fallback(source: SourceImage) -> str:
    return "png" if source.transparent else "jpg"


def _url(derivative: Derivative) -> str:
    return f"/{derivative.folder}/{derivative.name}"


def _srcset(source: SourceImage, widths: tuple[int, ...], extension: str) -> str:
    made = (Derivative(source, width, extension, "") for width in widths)
    return ", ".join(f"{_url(d)} {d.width_px}w" for d in made)
