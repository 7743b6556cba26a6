"""What every page shows of the site, and the small files that machines ask for."""

import json
from dataclasses import dataclass
from xml.sax.saxutils import escape

from plugins.magazine.ads_txt import ads_txt
from plugins.magazine.edition import Edition
from plugins.magazine.parts import Link
from plugins.magazine.typography import set_plain

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_ADDRESSES = 50_000
"""The protocol's limit for one file (https://www.sitemaps.org/protocol.html)."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """The masthead and the colophon of every page."""

    name: str
    tagline: str
    url: str
    lang: str
    content_lang: str
    home_url: str
    search_url: str
    subscribe_url: str
    sign_in_url: str
    account_url: str
    nav: tuple[Link, ...]
    sections: tuple[Link, ...]
    footer: tuple[Link, ...]
    feeds: tuple[Link, ...]
    class_prefix: str
    pagefind_url: str = "/pagefind/pagefind.js"


def site_view(edition: Edition) -> SiteView:
    """The site as its pages show it."""
    settings, urls = edition.settings, edition.settings.urls
    _ = edition.catalogue.gettext
    pages = {node.slug: node for node in edition.graph.pages}
    plain = [pages[slug] for slug in settings.footer if slug in pages]
    sections = edition.graph.taxonomy.sections.values()
    return SiteView(
        name=settings.name,
        tagline=settings.tagline,
        url=settings.site_url,
        lang=settings.interface_lang,
        content_lang=settings.content_lang,
        home_url=urls.home,
        search_url=urls.search,
        subscribe_url=urls.subscribe,
        sign_in_url=urls.sign_in,
        account_url=urls.account,
        nav=(
            Link(_("Numéros"), urls.archive),
            Link(_("Articles"), urls.articles),
            Link(_("Personnes"), urls.people),
            Link(_("Recherche"), urls.research_index),
            Link(_("Carnet"), urls.nominations),
            Link(_("Agenda"), urls.events),
        ),
        sections=tuple(Link(s.name, urls.section.format(slug=s.slug)) for s in sections),
        footer=(
            *(Link(set_plain(node.fields.title), node.url) for node in plain),
            Link(_("Thèmes"), urls.themes),
            Link(_("Promotions"), urls.class_years),
        ),
        feeds=(Link("RSS", "/flux/magazine.rss.xml"), Link("Atom", "/flux/magazine.atom.xml")),
        class_prefix=settings.class_prefix,
    )


def machine_files(edition: Edition) -> dict[str, str]:
    """``sitemap.xml``, ``robots.txt``, ``ads.txt``, ``site.webmanifest``, ``security.txt``."""
    settings = edition.settings
    files = {
        "robots.txt": _robots(edition),
        "ads.txt": ads_txt(settings.content, settings.site_url),
        "site.webmanifest": _web_manifest(edition),
    }
    if settings.email:
        files[".well-known/security.txt"] = _security_txt(edition)
    return files | _sitemap(edition)


def _robots(edition: Edition) -> str:
    """Everything may be read but what is each reader's own, and the ways that lead back."""
    urls = edition.settings.urls
    closed = (urls.access, urls.sign_in, urls.account, "/*?vers=")
    lines = ["User-agent: *", "Allow: /", *(f"Disallow: {path}" for path in closed)]
    return "\n".join([*lines, "", f"Sitemap: {edition.settings.site_url}/sitemap.xml", ""])


def _sitemap(edition: Edition) -> dict[str, str]:
    """One file, or an index of several when the site outgrows the protocol's limit."""
    listed = sorted(
        {(p.url, str(p.modified or "")) for p in edition.pages if p.listed and p.tree == "public"}
    )
    chunks = [listed[n : n + SITEMAP_ADDRESSES] for n in range(0, len(listed), SITEMAP_ADDRESSES)]
    site = edition.settings.site_url
    if len(chunks) <= 1:
        return {"sitemap.xml": _xml("urlset", "url", listed, site)}
    parts = [(f"/sitemap-{n}.xml", "") for n in range(1, len(chunks) + 1)]
    files = {"sitemap.xml": _xml("sitemapindex", "sitemap", parts, site)}
    for (name, _), chunk in zip(parts, chunks, strict=True):
        files[name.lstrip("/")] = _xml("urlset", "url", chunk, site)
    return files


def _xml(root: str, item: str, rows: list[tuple[str, str]], site: str) -> str:
    """Rows of an address and a day; addresses hold nothing that XML would read but « & »."""
    lines = [f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{_SITEMAP}">']
    for url, modified in rows:
        day = f"<lastmod>{modified}</lastmod>" if modified else ""
        lines.append(f"  <{item}><loc>{escape(site + url)}</loc>{day}</{item}>")
    return "\n".join([*lines, f"</{root}>", ""])


def _web_manifest(edition: Edition) -> str:
    settings = edition.settings
    icons = [
        {"src": f"/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    manifest = {
        "name": settings.name,
        "short_name": settings.name,
        "description": settings.description,
        "lang": settings.content_lang,
        "start_url": settings.urls.home,
        "display": "minimal-ui",
        "background_color": "#fdfcf8",
        "theme_color": "#fdfcf8",
        "icons": icons,
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _security_txt(edition: Edition) -> str:
    """RFC 9116; valid to the end of next year, so that a rebuild changes it once a year."""
    settings = edition.settings
    expires = f"{settings.now.year + 1}-12-31T00:00:00Z"
    return (
        f"Contact: mailto:{settings.email}\n"
        f"Expires: {expires}\n"
        f"Preferred-Languages: {settings.content_lang}, en\n"
        f"Canonical: {settings.site_url}/.well-known/security.txt\n"
    )
