"""What private feeds are made of: the public feed's entries, with the whole of gated texts."""

from html import escape
from typing import Any

from feed_files import CONTENT, SITE, item, rss
from gated_magazine import PLANTED, SEALED
from magazine_factory import MagazineFactory, Result
from service_contract import feed_faults, read

FOLDER = "/numeros/13-ombres/"


def items(result: Result) -> dict[str, dict[str, Any]]:
    return {found["path"]: found for found in read(result.output, "feed")["items"]}


def test_the_full_texts_are_what_their_schema_says(fed: Result) -> None:
    assert feed_faults(fed.output) == []


def test_the_entries_are_those_of_the_public_feed_in_its_order(fed: Result) -> None:
    public = [found.findtext("link", "") for found in rss(fed).findall("item")]
    assert [SITE + path for path in items(fed)] == public


def test_an_entry_is_known_and_summed_up_as_in_the_public_feed(fed: Result) -> None:
    for path, found in items(fed).items():
        public = item(rss(fed), path.split("/")[-2])
        assert found["guid"] == public.findtext("guid")
        assert escape(found["summary"]) == public.findtext("description")


def test_a_preview_is_what_the_public_feed_shows(fed: Result) -> None:
    for path, found in items(fed).items():
        slug = path.split("/")[-2]
        assert found["preview_html"] == item(rss(fed), slug).findtext(CONTENT, "")


def test_a_gated_entry_has_its_whole_text(fed: Result) -> None:
    sealed = items(fed)[SEALED]
    for name in ("paragraph", "footnote", "table cell", "alternative text", "list item"):
        assert PLANTED[name].replace("'", "’") in sealed["full_html"], name
    assert "Lire la suite" in sealed["preview_html"]
    assert "Lire la suite" not in sealed["full_html"]


def test_a_public_entry_has_no_other_text_than_its_preview(fed: Result) -> None:
    for slug in ("libre", "ouverte"):
        assert items(fed)[f"{FOLDER}{slug}/"]["full_html"] is None


def test_the_images_of_the_whole_text_are_named(fed: Result) -> None:
    names = [image.split("/")[-1] for image in items(fed)[SEALED]["images"]]
    assert names == ["partagee-640.jpg", "reservee-800.jpg"]


def test_an_entry_tells_its_dates_authors_and_themes(fed: Result) -> None:
    signs = items(fed)["/articles/signes/"]
    assert signs["published_at"] == "2026-11-19T23:00:00Z"  # midnight of the 20th in Paris
    assert signs["updated_at"] == "2026-11-20T23:00:00Z"  # its correction
    assert (signs["authors"], signs["themes"]) == (["Émilie Aubrac"], ["Optique"])


def test_the_feed_tells_of_the_magazine(fed: Result) -> None:
    feed = read(fed.output, "feed")
    assert (feed["title"], feed["language"]) == ("La Gazette du bicorne", "fr")
    assert feed["home"] == f"{SITE}/"
    assert "anciens élèves" in feed["description"]


def test_nobody_can_fetch_the_full_texts(fed: Result) -> None:
    assert [path.parent for path in fed.output.rglob("feed.json")] == [fed.output]


def test_an_edit_of_a_gated_text_is_in_the_next_build(magazine: MagazineFactory) -> None:
    """Its preview, and so the public feed, stay as they were."""
    text = "Le début.\n\n<!-- more -->\n\nLa suite que l'on attendait.\n"
    magazine.article("articles/2026/a.md", text, access="registered")
    first = magazine.build()
    before = items(first)["/articles/a/"]
    magazine.replace("articles/2026/a.md", "que l'on attendait", "que l'on espérait")
    after = items(magazine.build())["/articles/a/"]
    assert "La suite que l’on espérait." in after["full_html"]
    assert after["preview_html"] == before["preview_html"]
