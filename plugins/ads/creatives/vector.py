"""Drawings (SVG): written again with what draws, and nothing that could run, load or move.

What is not on the lists is left out. Pages show the result in an ``<img>`` only, where browsers run
no script and load nothing; the lists hold for whoever opens the file itself.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from plugins.magazine.creative_files import CreativeFileError
from plugins.magazine.messages import tell

RECIPE = "1"
"""Changes when what is written below does."""

_SVG = "http://www.w3.org/2000/svg"
_EMPTY = f'<svg xmlns="{_SVG}"/>'
_DRAWING = frozenset(
    ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan")
)
_ELEMENTS = _DRAWING | frozenset(
    ("svg", "g", "defs", "clipPath", "linearGradient", "radialGradient", "stop", "title", "desc")
)
_STYLES = frozenset(
    (
        "clip-path", "clip-rule", "color", "dominant-baseline", "fill", "fill-opacity",
        "fill-rule", "font-family", "font-size", "font-style", "font-variant", "font-weight",
        "letter-spacing", "opacity", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
        "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
        "stroke-opacity", "stroke-width", "text-anchor", "text-decoration", "word-spacing",
    )
)  # fmt: skip
_ATTRIBUTES = _STYLES | frozenset(
    (
        "clipPathUnits", "cx", "cy", "d", "dx", "dy", "fr", "fx", "fy", "gradientTransform",
        "gradientUnits", "height", "id", "lengthAdjust", "offset", "points", "preserveAspectRatio",
        "r", "rotate", "rx", "ry", "spreadMethod", "textLength", "transform", "viewBox", "width",
        "x", "x1", "x2", "y", "y1", "y2",
    )
)  # fmt: skip
_LOCAL = re.compile(r"url\(\s*(['\"]?)#[\w.-]+\1\s*\)")
_HARMFUL = re.compile(
    r"[\\@<]|/\*|(?:url|image|src|var|env|attr|expression)[\w-]*\s*\(", re.IGNORECASE
)
_NUMBER = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)(?:px)?\s*")
MAX_ELEMENTS = 5_000
"""A drawing of more takes a phone long to paint."""


def redrawn(content: bytes, size: tuple[int, int]) -> bytes:
    """A drawing with what is on the lists, at a size in CSS pixels.

    Raises ``CreativeFileError`` for what is no drawing, or of other proportions.
    """
    source = _parsed(content)
    made = etree.fromstring(_EMPTY)
    _copy_attributes(source, made)
    _fit(source, made, size)
    _copy_children(source, made)
    if not any(element.tag in _named(_DRAWING) for element in made.iter()):
        raise CreativeFileError(tell("ce dessin ne montre rien, une fois relu"))
    return bytes(etree.tostring(made, encoding="utf-8"))


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CreativeFileError(tell("dessin illisible : {error}", error=error)) from error
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():
        raise CreativeFileError(tell("un dessin ne déclare pas d’entités"))
    if root.tag != f"{{{_SVG}}}svg":
        raise CreativeFileError(tell("ce n’est pas un dessin SVG"))
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise CreativeFileError(tell("plus de {n} éléments dans le dessin", n=MAX_ELEMENTS))
    return root


def _fit(source: etree._Element, made: etree._Element, size: tuple[int, int]) -> None:
    width, height = _measures(source)
    if abs(width * size[1] - height * size[0]) > size[0]:  # half a pixel of height, or so
        message = "le dessin mesure {width} × {height}, il faut les proportions de {size}"
        wanted = "x".join(map(str, size))
        raise CreativeFileError(tell(message, width=width, height=height, size=wanted))
    made.set("viewBox", source.get("viewBox") or f"0 0 {width:g} {height:g}")
    made.set("width", str(size[0]))
    made.set("height", str(size[1]))


def _measures(source: etree._Element) -> tuple[float, float]:
    """Width and height of what it shows, in its own units."""
    box = re.split(r"[\s,]+", source.get("viewBox", "").strip())
    if len(box) != 4:
        box = ["0", "0", source.get("width", ""), source.get("height", "")]
    found = [_NUMBER.fullmatch(side) for side in box[2:]]
    sides = [float(one[1]) for one in found if one]
    if len(sides) < len(found) or not all(sides):
        raise CreativeFileError(tell("le dessin ne dit pas ses dimensions (viewBox)"))
    return sides[0], sides[1]


def _copy_children(source: etree._Element, made: etree._Element) -> None:
    made.text = source.text
    for child in source:
        if isinstance(child.tag, str) and child.tag in _named(_ELEMENTS):
            copy = etree.SubElement(made, child.tag)
            _copy_attributes(child, copy)
            _copy_children(child, copy)
            copy.tail = child.tail


def _copy_attributes(source: etree._Element, made: etree._Element) -> None:
    for name, value in (*source.attrib.items(), *_styles(source.get("style", ""))):
        if name in _ATTRIBUTES and _is_harmless(str(value)):
            made.set(name, value)


def _styles(written: str) -> Iterator[tuple[str, str]]:
    """Declarations of a ``style``, each as the attribute that says the same."""
    for declaration in written.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in _STYLES:
            yield name.strip(), value.strip()


def _is_harmless(value: str) -> bool:
    """Without escapes, comments, variables, or a reference that leaves the drawing."""
    return not _HARMFUL.search(_LOCAL.sub("", value))


def _named(names: frozenset[str]) -> frozenset[str]:
    return frozenset(f"{{{_SVG}}}{name}" for name in names)
