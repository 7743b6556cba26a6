"""Pages with ad boxes, written as the theme writes them (docs/ads-in-the-browser.md)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bench.viewability.site import Site, picture, theme
from plugins.magazine.assets import BUNDLE

WIDE, NARROW = "970x250", "300x250"
MARK = "m" * 22
_SCREENS = """
.ad img { display: block; }
.ad .ad-narrow { display: none; }
@media (max-width: 47.99rem) { .ad .ad-wide { display: none; } .ad .ad-narrow { display: block; } }
.ad { min-height: 280px; grid-template-columns: minmax(0, max-content); }
.gap { height: 1200px; }
"""


@dataclass(frozen=True)
class Candidate:
    """A flight's creatives for wide and for narrow screens; one for both if they are the same."""

    flight: str
    wide: str = WIDE
    narrow: str = NARROW
    house: bool = False

    def inside(self, box: str) -> str:
        """What stands in the box when this candidate is shown."""
        label = "La revue" if self.house else f"Publicité · {self.flight}"
        both = self.wide == self.narrow
        links = (
            self._link(self.wide, "" if both else "ad-wide"),
            "" if both else self._link(self.narrow, "ad-narrow"),
        )
        return f'<p class="ad-label" id="{box}">{label}</p>{"".join(links)}'

    def _link(self, size: str, css: str) -> str:
        start = f'<a class="{css}" data-creative="{size}" data-mark="{mark(self.flight, size)}"'
        start += ' href="/gone/" rel="sponsored noopener">'
        if size == "text":
            return f"{start}Une annonce de {self.flight}, en quelques mots.</a>"
        width, height = size.split("x")
        return (
            f'{start}<img src="/pictures/{self.flight}-{size}.png" width="{width}" '
            f'height="{height}" alt="{self.flight}" loading="lazy"></a>'
        )


@dataclass(frozen=True)
class Box:
    """A box; its first candidate is the build's choice."""

    placement: str
    candidates: tuple[Candidate, ...]

    def html(self) -> str:
        """The box as the page has it."""
        name = f"ad-{self.placement}"
        first, *others = self.candidates
        shown = f'<div class="ad-shown"{_about(first)}>{first.inside(name)}</div>'
        rest = "".join(f"<template{_about(c)}>{c.inside(name)}</template>" for c in others)
        start = f'<aside class="ad" data-placement="{self.placement}" aria-labelledby="{name}">'
        return f"{start}{shown}{rest}</aside>"


ACME = Candidate("acme")
ARTICLE = Box("article", (ACME,))


def mark(flight: str, size: str) -> str:
    """Something of a mark's length that says whose it is."""
    return f"{flight}-{size}".ljust(22, "_")[:22]


def add_page(  # noqa: PLR0913 (what pages of tests differ in)
    site: Site,
    path: str,
    boxes: Sequence[Box],
    *,
    consent: bool = False,
    first_in_sight: bool = False,
    style: str = "",
) -> None:
    """Put a page on the site: a screen and a half, its boxes so far apart, and more.

    With `first_in_sight` the first box is at the top. Pictures are there, too.
    """
    assets = theme()
    site.answers["/screens.css"] = (200, "text/css", f"{_SCREENS}{style}".encode())
    for candidate, size in _pictures(boxes):
        width, height = map(int, size.split("x"))
        site.answers[f"/pictures/{candidate.flight}-{size}.png"] = picture(width, height)
    gap = '<div class="gap"></div>'
    body = "".join(f"{box.html()}{gap}" for box in boxes)
    word = "yes" if consent else "no"
    site.page(
        path,
        f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(path)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="{assets.url("js/scheme.js")}"></script>
<link rel="stylesheet" href="{assets.url(BUNDLE)}"><link rel="stylesheet" href="/screens.css">
<script src="{assets.url("js/ads.js")}" defer data-page="{path}" data-tier="public"
 data-mark="{MARK}"{" data-consent" if consent else ""}></script></head>
<body><main>{"" if first_in_sight else gap}{body}{gap}<a id="next" href="/gone/">suite</a></main>
<p class="ads-answer"><label><input type="checkbox" data-ads-answer value="{word}"
 autocomplete="off"> Ne pas compter mes lectures</label></p></body></html>""",
    )
    styles = f'<link rel="stylesheet" href="{assets.url(BUNDLE)}">'
    site.page("/gone/", f"<!doctype html><title>Ailleurs</title>{styles}<p>Ailleurs.")


def _pictures(boxes: Sequence[Box]) -> Iterator[tuple[Candidate, str]]:
    for box in boxes:
        for candidate in box.candidates:
            yield from ((candidate, s) for s in (candidate.wide, candidate.narrow) if s != "text")


def _about(candidate: Candidate) -> str:
    return f' data-flight="{candidate.flight}"{" data-house" if candidate.house else ""}'
