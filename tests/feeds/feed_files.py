"""Feeds as a feed reader parses them."""

from pathlib import Path

from lxml import etree
from magazine_factory import Result

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SITE = "http://localhost:8000"


def rss(result: Result, name: str = "magazine") -> etree._Element:
    """The channel of an RSS feed."""
    channel = etree.parse(_path(result, f"{name}.rss.xml")).getroot().find("channel")
    assert channel is not None
    return channel


def atom(result: Result, name: str = "magazine") -> etree._Element:
    """An Atom feed."""
    return etree.parse(_path(result, f"{name}.atom.xml")).getroot()


def item(channel: etree._Element, slug: str) -> etree._Element:
    """The item of an article, by the end of its address."""
    (found,) = (i for i in channel.findall("item") if i.findtext("link", "").endswith(f"/{slug}/"))
    return found


def entry(feed: etree._Element, slug: str) -> etree._Element:
    """The same in an Atom feed."""
    (found,) = (e for e in feed.findall(f"{ATOM}entry") if alternate(e).endswith(f"/{slug}/"))
    return found


def alternate(entry: etree._Element) -> str:
    """The address of the one page that an entry stands for."""
    (link,) = (k for k in entry.findall(f"{ATOM}link") if k.get("rel", "alternate") == "alternate")
    return link.get("href", "")


def _path(result: Result, name: str) -> Path:
    return result.output / "public" / "flux" / name
