"""Structured data for search engines: schema.org in JSON-LD, safe inside ``<script>``.

Vocabulary: https://schema.org ; paywalled previews follow the search engines' rule that a
page whose body is not in the file says ``isAccessibleForFree: false`` and has no ``hasPart``.
"""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from plugins.magazine.compose.composer import Composer
from plugins.magazine.dates import PartialDate
from plugins.magazine.graph import Article, Issue, Person
from plugins.magazine.page import Head
from plugins.magazine.page_views import ArticleView, PersonView
from plugins.magazine.parts import EventCard, IssueCard, Link, PersonLink

Thing = dict[str, Any]


def document(thing: Thing) -> Markup:
    """A JSON-LD document; no ``<``, ``>`` or ``&`` is left that could end its element."""
    text = json.dumps({"@context": "https://schema.org"} | _filled(thing), ensure_ascii=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 (nothing that HTML would read is left)


def _filled(thing: Thing) -> Thing:
    return {key: value for key, value in thing.items() if value not in ("", None, [], ())}


def breadcrumbs(composer: Composer, trail: tuple[Link, ...]) -> Markup:
    """Where a page stands, from home."""
    items = [
        {
            "@type": "ListItem",
            "position": n,
            "name": link.title,
            "item": composer.absolute(link.url),
        }
        for n, link in enumerate(trail, 1)
    ]
    return document({"@type": "BreadcrumbList", "itemListElement": items})


def listing_head(
    composer: Composer, title: str, description: str, url: str, trail: Sequence[Link]
) -> Head:
    """The head of a page that says to machines no more than where it stands."""
    head = composer.head(title, description, url, trail)
    head.json_ld = (breadcrumbs(composer, head.breadcrumbs),)
    return head


def publisher(composer: Composer) -> Thing:
    """Who publishes the magazine."""
    settings = composer.settings
    return _filled(
        {
            "@type": "Organization",
            "name": settings.publisher or settings.name,
            "url": settings.site_url + "/",
            "logo": composer.absolute("/icon-512.png"),
        }
    )


def periodical(composer: Composer) -> Thing:
    """The magazine itself."""
    return {
        "@type": "Periodical",
        "name": composer.settings.name,
        "url": composer.settings.site_url + "/",
    }


def website(composer: Composer) -> tuple[Markup, ...]:
    """The home page: the magazine and its search."""
    settings = composer.settings
    search = composer.absolute(settings.urls.search) + "?q={search_term_string}"
    return (
        document(
            {
                "@type": "WebSite",
                "name": settings.name,
                "url": settings.site_url + "/",
                "description": settings.description,
                "inLanguage": settings.content_lang,
                "publisher": publisher(composer),
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": {"@type": "EntryPoint", "urlTemplate": search},
                    "query-input": "required name=search_term_string",
                },
            }
        ),
        document(periodical(composer) | {"publisher": publisher(composer)}),
    )


def article(composer: Composer, node: Article, view: ArticleView, head: Head) -> tuple[Markup, ...]:
    """An article. What follows the preview of a gated one is in no field."""
    sponsor = _sponsor(view)
    thing: Thing = {
        "@type": "AdvertiserContentArticle" if sponsor else "NewsArticle",
        "headline": composer.text(node.fields.title),
        "description": composer.text(node.fields.standfirst),
        "url": head.canonical,
        "mainEntityOfPage": head.canonical,
        "image": [head.image] if head.image else [],
        "datePublished": head.published,
        "dateModified": head.modified or head.published,
        "author": [sponsor] if sponsor else [_author(composer, a) for a in view.authors],
        "publisher": publisher(composer),
        "sponsor": sponsor,
        "articleSection": view.section.title,
        "keywords": [theme.title for theme in view.themes],
        "wordCount": view.words,
        "inLanguage": composer.settings.content_lang,
        "isAccessibleForFree": node.gate.access == "public"
        or not node.gate.is_closed(composer.now),
        "about": [
            {"@type": "Person", "name": p.name, "url": composer.absolute(p.url)}
            for p in view.people
        ],
        "isPartOf": issue(composer, node.issue) if node.issue else periodical(composer),
    }
    return (document(thing), breadcrumbs(composer, head.breadcrumbs))


def _sponsor(view: ArticleView) -> Thing | None:
    """Who paid for a text."""
    paid = view.advertorial
    named = paid and {"@type": "Organization", "name": paid.title, "url": paid.url}
    return _filled(named) if named else None


def _author(composer: Composer, author: PersonLink) -> Thing:
    kind = "Organization" if author.url in composer.collectives else "Person"
    url = composer.absolute(author.url) if author.url else ""
    return _filled({"@type": kind, "name": author.name, "url": url})


def issue(composer: Composer, node: Issue) -> Thing:
    """An issue of the magazine."""
    return {
        "@type": "PublicationIssue",
        "issueNumber": node.fields.number,
        "name": composer.text(node.fields.title),
        "datePublished": node.fields.date.isoformat(),
        "url": composer.absolute(node.url),
        "isPartOf": periodical(composer),
    }


def issue_page(composer: Composer, node: Issue, card: IssueCard, head: Head) -> tuple[Markup, ...]:
    """An issue's own page."""
    thing = issue(composer, node) | {
        "description": composer.text(node.fields.description),
        "image": composer.absolute(card.cover.src),
        "publisher": publisher(composer),
        "isAccessibleForFree": not card.locked,
    }
    return (document(thing), breadcrumbs(composer, head.breadcrumbs))


def person(composer: Composer, node: Person, view: PersonView, head: Head) -> tuple[Markup, ...]:
    """A person; a collective is an organisation."""
    fields = node.fields
    thing: Thing = {
        "@type": "Organization" if fields.collective else "Person",
        "name": view.card.name,
        "url": head.canonical,
        "description": view.card.description,
    }
    if not fields.collective:
        thing |= {
            "birthDate": _iso(fields.born),
            "deathDate": _iso(fields.died),
            "birthPlace": view.birthplace,
            "deathPlace": view.deathplace,
            "award": [entry.title for entry in view.timeline if entry.kind == "honour"],
            "knowsAbout": [theme.title for theme in view.themes],
        }
    return (document(thing), breadcrumbs(composer, head.breadcrumbs))


def event(composer: Composer, card: EventCard, head: Head) -> tuple[Markup, ...]:
    """An event; its times are local, as schema.org allows."""
    place: Thing = {
        "@type": "Place",
        "name": card.place or card.city or card.region,
        "address": ", ".join(part for part in (card.city, card.region) if part),
    }
    if not place["name"]:
        place = {"@type": "VirtualLocation", "url": card.online or head.canonical}
    thing = {
        "@type": "Event",
        "name": card.title,
        "startDate": str(card.start),
        "endDate": str(card.end) if card.end else "",
        "location": _filled(place),
        "description": card.description,
        "organizer": {"@type": "Organization", "name": card.group},
        "url": head.canonical,
        "image": [head.image] if head.image else [],
        "eventStatus": "https://schema.org/EventScheduled",
    }
    return (document(thing), breadcrumbs(composer, head.breadcrumbs))


def _iso(moment: PartialDate | None) -> str:
    return str(moment) if moment else ""
