"""Images and downloads go where the text that uses them goes."""

import json
import re
from pathlib import Path

from gated_magazine import SEALED, photograph
from magazine_factory import MagazineFactory, Result
from manifest_contract import manifest_faults
from PIL import Image
from published import read_page


def names(tree: Path, stem: str) -> set[str]:
    return {p.suffix for p in tree.rglob(f"{stem}*") if p.is_file() and p.suffix != ".html"}


def files(result: Result) -> dict[str, list[str]]:
    return json.loads((result.output / "manifest.json").read_bytes())["files"]


def test_an_image_of_the_gated_part_is_only_under_members_and_in_the_manifest(
    gated: Result,
) -> None:
    assert names(gated.output / "public", "reservee-") == set()
    assert names(gated.output / "members", "reservee-") == {".avif", ".webp", ".jpg"}
    (image,) = (gated.output / "members").rglob("reservee-800.avif")
    folder = f"/{image.parent.relative_to(gated.output / 'members')}/"
    assert files(gated)[folder] == [SEALED]


def test_a_download_of_the_gated_part_is_only_under_members_and_in_the_manifest(
    gated: Result,
) -> None:
    assert list((gated.output / "public").rglob("registre*.pdf")) == []
    (download,) = (gated.output / "members").rglob("registre.pdf")
    folder = f"/{download.parent.relative_to(gated.output / 'members')}/"
    assert files(gated)[folder] == [SEALED]
    assert f"{folder}registre.pdf" in gated.members(SEALED)


def test_files_used_by_the_preview_and_by_the_rest_are_public(gated: Result) -> None:
    for pattern in ("partagee-640.webp", "plan.txt"):
        assert len(list((gated.output / "public").rglob(pattern))) == 1
        assert list((gated.output / "members").rglob(pattern)) == []
    assert len(files(gated)) == 2  # the gated image and the gated download, no more


def test_the_lead_image_of_a_gated_article_is_public(gated: Result) -> None:
    figures = read_page(gated.public(SEALED)).find_class("article-picture")
    source = figures[0].xpath(".//img/@src")[0]
    assert (gated.output / "public" / source.lstrip("/")).exists()
    assert "Archives du phare" in figures[0].text_content()


def test_every_file_that_a_page_shows_is_where_its_readers_may_fetch_it(gated: Result) -> None:
    for tree, also in (("public", []), ("members", ["public"])):
        for page in (gated.output / tree).rglob("*.html"):
            links = read_page(page.read_text("utf-8")).xpath("//@src | //@href | //@srcset")
            targets = {part.split()[0] for link in links for part in link.split(", ")}
            paths = {re.split("[#?]", t)[0] for t in targets if t.startswith("/")}
            own = paths - {"/abonnement/"}  # this magazine has no such page
            missing = {
                t
                for t in own
                if not any(exists(gated.output / place, t) for place in [tree, *also])
            }
            assert missing == set(), page


def exists(tree: Path, url: str) -> bool:
    return (tree / url.lstrip("/") / ("index.html" if url.endswith("/") else "")).is_file()


def test_an_image_that_two_gated_articles_show_is_opened_by_either(
    magazine: MagazineFactory,
) -> None:
    text = "Le début.\n\n<!-- more -->\n\n![Un dégradé](gris.jpg)\n"
    magazine.write("articles/2026/gris.jpg", photograph((64, 48), "gris"))
    for slug in ("b", "a"):
        magazine.article(f"articles/2026/{slug}.md", text, access="subscriber")
    assert list(files(magazine.build()).values()) == [["/articles/a/", "/articles/b/"]]


def test_the_same_content_published_elsewhere_is_public_under_any_name(
    magazine: MagazineFactory,
) -> None:
    """A copy of a public file gives nothing away: one address cannot be gated and open."""
    for name in ("tarif.txt", "copie.txt"):
        magazine.write(f"articles/2026/{name}", "Les mêmes mots.\n")
    for name in ("disque.png", "double.png"):
        magazine.image(f"articles/2026/{name}")
    more = "Le début.\n\n<!-- more -->\n\n[Copie](copie.txt)\n\n![Double](double.png)\n"
    magazine.article("articles/2026/a.md", "[Tarif](tarif.txt)\n\n![Disque](disque.png)\n")
    magazine.article("articles/2026/b.md", more, access="subscriber")
    result = magazine.build()
    assert result.exit_code == 0, result.stderr
    assert files(result) == {}
    assert names(result.output / "members", "copie") == set()
    assert manifest_faults(result.output) == []


def test_a_gated_image_becomes_public_with_its_article(magazine: MagazineFactory) -> None:
    text = "Le début.\n\n<!-- more -->\n\n![Un dégradé](gris.jpg)\n"
    magazine.write("articles/2026/gris.jpg", photograph((64, 48), "gris"))
    magazine.article("articles/2026/a.md", text, access="subscriber", opens="2026-11-30")
    assert names(magazine.build().output / "public", "gris-") == set()
    opened = magazine.build(SOURCE_DATE_EPOCH="1796083200")  # 1 December
    (image,) = (opened.output / "public").rglob("gris-64.jpg")
    with Image.open(image) as shown:
        assert shown.size == (64, 48)
    assert not (opened.output / "members").exists()
