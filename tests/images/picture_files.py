"""Pictures as a page shows them, and the files behind them."""

from pathlib import Path

from lxml import html
from magazine_factory import Result
from PIL import Image
from published import read_page


def pictures(result: Result, url: str) -> list[html.HtmlElement]:
    """The pictures of an article's own image and text, not of its neighbours."""
    return read_page(result.public(url)).xpath("//article//picture")


def candidates(picture: html.HtmlElement) -> dict[str, dict[int, str]]:
    """For each format that a picture offers: width in pixels → address."""
    found = {}
    for source in picture.iter("source"):
        pairs = [pair.split() for pair in source.get("srcset").split(", ")]
        found[source.get("type")] = {int(width.rstrip("w")): url for url, width in pairs}
    return found


def fallback(picture: html.HtmlElement) -> html.HtmlElement:
    """The element that shows the picture, whatever the browser knows."""
    return next(picture.iter("img"))


def open_image(result: Result, url: str, tree: str = "public") -> Image.Image:
    """A published image, decoded."""
    with Image.open(path_of(result, url, tree)) as image:
        image.load()
        return image


def path_of(result: Result, url: str, tree: str = "public") -> Path:
    """The file of an address."""
    return result.output / tree / url.lstrip("/")
