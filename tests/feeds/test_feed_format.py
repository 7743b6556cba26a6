"""Feeds are what RSS 2.0 and Atom ask for, so that any reader takes them."""

from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest
from feed_files import ATOM, CONTENT, SITE, alternate, atom, entry, item, rss
from lxml import etree, html
from magazine_factory import Result
from PIL import Image

SIGNS = "R&D, <b>a</b> < b ]]> c"
NAMES = ("magazine", "rubriques/sciences", "rubriques/histoire")


@pytest.mark.parametrize("name", NAMES)
def test_an_rss_feed_says_whose_it_is(fed: Result, name: str) -> None:
    channel = rss(fed, name)
    root = channel.getparent()
    assert root is not None
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert "La Gazette du bicorne" in channel.findtext("title", "")
    assert channel.findtext("link") == f"{SITE}/"
    assert channel.findtext("description")
    assert channel.findtext("language") == "fr"
    (own,) = channel.findall(f"{ATOM}link[@rel='self']")
    assert own.get("href") == f"{SITE}/flux/{name}.rss.xml"


@pytest.mark.parametrize("name", NAMES)
def test_every_rss_item_has_what_a_reader_shows(fed: Result, name: str) -> None:
    items = rss(fed, name).findall("item")
    assert items
    for found in items:
        assert found.findtext("title")
        assert found.findtext("description")
        assert found.findtext("link", "").startswith(f"{SITE}/")
        assert found.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Émilie Aubrac"
        assert found.findtext("category") in ("Sciences", "Histoire")
        assert parsedate_to_datetime(found.findtext("pubDate", "")).tzinfo is not None
        (guid,) = found.findall("guid")
        assert guid.get("isPermaLink") == "false"


@pytest.mark.parametrize("name", NAMES)
def test_an_atom_feed_has_its_required_elements(fed: Result, name: str) -> None:
    feed = atom(fed, name)
    assert feed.tag == f"{ATOM}feed"
    for element in ("id", "title", "updated", "author"):
        assert feed.find(ATOM + element) is not None, element
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{SITE}/flux/{name}.atom.xml", "alternate": f"{SITE}/"}
    for found in feed.findall(f"{ATOM}entry"):
        for element in ("id", "title", "updated", "published", "summary", "content"):
            assert found.findtext(ATOM + element), element
        assert datetime.fromisoformat(found.findtext(f"{ATOM}updated", "")).tzinfo is not None
        assert alternate(found).startswith(f"{SITE}/")


def test_identifiers_are_unique_and_the_same_in_both_formats(fed: Result) -> None:
    guids = [found.findtext("guid") for found in rss(fed).findall("item")]
    ids = [found.findtext(f"{ATOM}id") for found in atom(fed).findall(f"{ATOM}entry")]
    assert guids == ids
    assert len(set(guids)) == len(guids)
    assert all(guid and guid.startswith("urn:uuid:") for guid in guids)


def test_each_item_has_one_image_with_its_true_size(fed: Result) -> None:
    enclosures = []
    for found in rss(fed).findall("item"):
        (enclosure,) = found.findall("enclosure")
        enclosures.append(dict(enclosure.attrib))
        url = enclosure.get("url", "")
        assert url.startswith(f"{SITE}/")
        path = fed.output / "public" / url.removeprefix(f"{SITE}/")
        assert enclosure.get("length") == str(path.stat().st_size)
        with Image.open(path) as image:
            assert (image.size, image.format) == ((1200, 630), "PNG")
        assert enclosure.get("type") == "image/png"
        (media,) = found.findall(".//{http://search.yahoo.com/mrss/}content")
        assert (media.get("url"), media.get("width"), media.get("height")) == (url, "1200", "630")
    in_atom = [
        link
        for found in atom(fed).findall(f"{ATOM}entry")
        for link in found.findall(f"{ATOM}link[@rel='enclosure']")
    ]
    assert [k.get("href") for k in in_atom] == [e["url"] for e in enclosures]
    assert [k.get("length") for k in in_atom] == [e["length"] for e in enclosures]


def test_signs_that_xml_and_html_mean_otherwise_arrive_as_they_were_written(fed: Result) -> None:
    of_rss, of_atom = item(rss(fed), "signes"), entry(atom(fed), "signes")
    assert of_rss.findtext("title") == of_atom.findtext(f"{ATOM}title") == SIGNS
    shown = html.fromstring(f"<p>{of_rss.findtext('description')}</p>").text_content()
    assert shown == f"{SIGNS}, dit le chapeau."
    for content in (of_rss.findtext(CONTENT), of_atom.findtext(f"{ATOM}content")):
        text = html.fromstring(f"<div>{content}</div>").text_content()
        assert f"{SIGNS}, dit le chapeau." in text
        assert f"Le texte dit {SIGNS}" in text


def test_links_and_images_are_whole_addresses(fed: Result) -> None:
    for feed in (rss(fed), atom(fed)):
        contents = [*feed.iter(CONTENT), *feed.iter(f"{ATOM}content")]
        assert contents
        for content in contents:
            tree = html.fromstring(f"<div>{content.text}</div>")
            for address in tree.xpath("//@href | //@src"):
                assert address.startswith(("https://", f"{SITE}/")), address
            assert tree.xpath("//@srcset") == []
    text = item(rss(fed), "signes").findtext(CONTENT, "")
    assert f'href="{SITE}/articles/signes/#note-n"' in text
    assert f'href="{SITE}/personnes/emilie-aubrac/"' in text


def test_a_correction_moves_the_date_of_change_and_not_of_publication(fed: Result) -> None:
    found = entry(atom(fed), "signes")
    assert found.findtext(f"{ATOM}published") == "2026-11-20T00:00:00+01:00"
    assert found.findtext(f"{ATOM}updated") == "2026-11-21T00:00:00+01:00"
    assert atom(fed).findtext(f"{ATOM}updated") == "2026-11-21T00:00:00+01:00"


def test_every_feed_is_valid_utf_8_xml_that_names_its_encoding(fed: Result) -> None:
    files = list((fed.output / "public" / "flux").rglob("*.xml"))
    assert len(files) == 2 * (1 + 2)  # the magazine and its two sections
    for file in files:
        assert file.read_bytes().startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
        etree.parse(file)
