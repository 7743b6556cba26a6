"""The files that machines ask for by name: what to list, what to install, whom to write to."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from every_kind import NOTICES, PAGES
from lxml import etree
from magazine_factory import NOW, MagazineFactory, Result
from page_heads import SITE, links
from PIL import Image
from published import with_plugin

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap(result: Result) -> dict[str, str | None]:
    """Listed addresses, each with the day of its last change."""
    root = etree.fromstring(result.public("/sitemap.xml").encode())
    assert root.tag == f"{NAMESPACE}urlset"
    rows = [(e.findtext(f"{NAMESPACE}loc", ""), e.findtext(f"{NAMESPACE}lastmod")) for e in root]
    assert len(dict(rows)) == len(rows)
    return dict(rows)


def test_the_sitemap_lists_every_public_page_and_no_other(site: Result) -> None:
    public = site.output / "public"
    folders = {page.parent.relative_to(public) for page in public.rglob("index.html")}
    pages = {f"/{folder}/".replace("/./", "/") for folder in folders}
    assert sitemap(site).keys() == {SITE + url for url in pages - set(NOTICES.values())}
    assert {SITE + url for url in PAGES.values()} <= sitemap(site).keys()
    assert not any("404" in url for url in sitemap(site))


def test_the_sitemap_says_when_articles_and_their_lists_last_changed(site: Result) -> None:
    changed = sitemap(site)
    expected = {
        "article": "2026-11-20",  # its correction
        "article of an issue": "2026-11-01",
        "issue": "2026-11-01",
        "home": "2026-11-10",  # its newest article: lists show no corrections
        "section": "2026-11-10",
        "theme": "2026-11-10",
        "articles": "2026-11-10",
    }
    assert {kind: changed[SITE + PAGES[kind]] for kind in expected} == expected


def test_a_gated_article_is_listed_once_by_its_preview(magazine: MagazineFactory) -> None:
    magazine.article("articles/2026/a.md", access="subscriber")
    result = magazine.build()
    assert f"{SITE}/articles/a/" in sitemap(result)
    assert not any("members" in url for url in sitemap(result))


def test_robots_may_read_everything_but_what_is_each_readers_own(site: Result) -> None:
    lines = site.public("/robots.txt").splitlines()
    assert "User-agent: *" in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    closed = ["/acces/", "/connexion/", "/compte/", "/*?vers="]
    assert [line for line in lines if line.startswith("Disallow")] == [
        f"Disallow: {path}" for path in closed
    ]


def test_the_web_manifest_names_the_magazine_and_icons_that_exist(site: Result) -> None:
    manifest = json.loads(site.public("/site.webmanifest"))
    assert manifest["name"] == "La Gazette du bicorne"
    assert manifest["start_url"] == "/"
    assert manifest["lang"] == "fr"
    sizes = set()
    for icon in manifest["icons"]:
        with Image.open(site.output / "public" / icon["src"].lstrip("/")) as image:
            assert icon["sizes"] == f"{image.width}x{image.height}"
            assert icon["type"] == Image.MIME[image.format or ""]
            sizes.add(image.width)
    assert {192, 512} <= sizes  # what browsers ask for to install a site
    assert [link["href"] for link in links(site, "/", "manifest")] == ["/site.webmanifest"]


def test_icons_that_browsers_ask_for_by_name_exist(site: Result) -> None:
    for name in ("favicon.ico", "apple-touch-icon.png"):
        with Image.open(site.output / "public" / name) as image:
            assert image.width >= 32


def test_security_txt_says_whom_to_write_to_and_until_when(site: Result) -> None:
    text = site.public("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in text.splitlines() if line)
    assert fields["Contact"] == "mailto:redaction@example.org"
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "fr, en"
    expires = datetime.fromisoformat(fields["Expires"])
    assert datetime.fromtimestamp(NOW, UTC) < expires


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Result:
    magazine = MagazineFactory(tmp_path_factory.mktemp("machine-of-the-editor"))
    result = magazine.build(settings={"SITEURL": "https://revue.example"})
    assert result.exit_code == 0, result.stderr
    return result


def test_a_site_at_another_address_uses_it_everywhere(elsewhere: Result) -> None:
    assert all(url.startswith("https://revue.example/") for url in sitemap(elsewhere))
    assert "https://revue.example/sitemap.xml" in elsewhere.public("/robots.txt")
    assert links(elsewhere, "/", "canonical")[0]["href"] == "https://revue.example/"


def test_nothing_published_tells_of_the_machine_that_built_it(elsewhere: Result) -> None:
    machine = (b"localhost", b"machine-of-the-editor", str(Path.home()).encode())
    for path in elsewhere.output.rglob("*"):
        if path.is_file() and path.name not in ("pagefind.js", "pagefind-worker.js"):
            content = path.read_bytes()
            assert not any(word in content for word in machine), path


def test_a_sitemap_beyond_the_limit_becomes_an_index_of_several(magazine: MagazineFactory) -> None:
    limit = "from plugins.magazine import site\ndef register():\n    site.SITEMAP_ADDRESSES = 7\n"
    whole = sitemap(magazine.build())
    result = magazine.build(settings=with_plugin(magazine, limit))
    index = etree.fromstring(result.public("/sitemap.xml").encode())
    assert index.tag == f"{NAMESPACE}sitemapindex"
    parts = [entry.findtext(f"{NAMESPACE}loc", "").removeprefix(SITE) for entry in index]
    listed: list[str] = []
    for part in parts:
        found = etree.fromstring(result.public(part).encode())
        assert len(found) <= 7
        listed += [entry.findtext(f"{NAMESPACE}loc", "") for entry in found]
    assert sorted(listed) == sorted(whole)
