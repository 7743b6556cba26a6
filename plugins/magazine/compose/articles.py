"""Article pages: the full text, and in its place the preview of a gated one."""

from dataclasses import replace
from functools import partial
from urllib.parse import quote

from plugins.magazine.body import minutes
from plugins.magazine.compose import structured
from plugins.magazine.compose.cards import Cards
from plugins.magazine.compose.composer import Composer, leading_back
from plugins.magazine.compose.weave import weave
from plugins.magazine.graph import Article
from plugins.magazine.page import Card, Composed, Head, Page, SearchRecord
from plugins.magazine.page_views import ArticleView, signatures
from plugins.magazine.parts import NOT_SOLD, ArticleCard, Correction, Link, Wall


def article_pages(composer: Composer, cards: Cards) -> list[Page]:
    """One page for an open article; for a gated one its preview and its full page."""
    pages = []
    for article in composer.graph.articles:
        pages += _pages(composer, cards, article)
    return pages


def _pages(composer: Composer, cards: Cards, article: Article) -> list[Page]:
    page = _page(composer, cards, article)
    if not article.gate.is_closed(composer.now):
        return [page]
    page.gate = article.gate
    members = replace(page, tree="members", search=None, card=None)
    page.says = (*page.says, composer.prices)
    members.compose = partial(_members, composer, cards, article)
    page.compose = partial(_preview, composer, cards, article)
    return [page, members]


def _open(composer: Composer, cards: Cards, article: Article) -> Composed:
    return _composed(composer, article, _full_view(composer, cards, article))


def _members(composer: Composer, cards: Cards, article: Article) -> Composed:
    full = _full_view(composer, cards, article)
    return _composed(composer, article, replace(full, member=True))


def _preview(composer: Composer, cards: Cards, article: Article) -> Composed:
    full = _full_view(composer, cards, article)
    preview = replace(
        full,
        body=weave(composer, article, article.body.preview),
        headings=(),
        corrections=(),
        sources=(),
        wall=_wall(composer, article, full.issue),
        member=False,
    )
    return _composed(composer, article, preview)


def _composed(composer: Composer, article: Article, view: ArticleView) -> Composed:
    return Composed(view, _head(composer, article, view))


def _full_view(composer: Composer, cards: Cards, article: Article) -> ArticleView:
    fields, issue = article.fields, article.issue
    card = cards.article(article)
    closed = article.gate.is_closed(composer.now)
    neighbours = issue.articles if issue else []
    return ArticleView(
        title=card.title,
        standfirst=card.standfirst,
        section=card.section,
        genre=fields.genre,
        themes=composer.themes(fields.themes),
        authors=card.authors,
        published=fields.date,
        minutes=card.minutes,
        words=article.body.words,
        picture=card.picture,
        headings=article.body.headings,
        body=weave(composer, article, article.body.full, gate=article.url if closed else ""),
        wall=None,
        member=False,
        lead=_leads(article),
        wear=composer.settings.wear_of(issue.fields.number) if issue else None,
        corrections=tuple(Correction(c.date, composer.rich(c.text)) for c in fields.corrections),
        sources=composer.references(fields.sources),
        people=cards.people(fields.people),
        issue=card.issue,
        rank=article.rank,
        rank_count=len(neighbours),
        previous=_at(cards, neighbours, article.rank - 2),
        following=_at(cards, neighbours, article.rank),
        related=cards.list_articles(article.related),
        share=_share(composer, article),
        permalink=composer.absolute(article.url),
        obituary=fields.genre == "obituary",
        advertorial=card.advertorial,
    )


def _at(cards: Cards, articles: list[Article], index: int) -> ArticleCard | None:
    return cards.article(articles[index]) if 0 <= index < len(articles) else None


def _wall(composer: Composer, article: Article, issue: Link | None) -> Wall:
    left = max(0, article.body.words - article.body.preview_words)
    access, opens = article.gate.access, article.gate.opens
    return Wall(
        access="registered" if access == "registered" else "subscriber",
        words_left=left,
        minutes_left=minutes(left),
        opens=opens.date() if opens else None,
        issue=issue,
        prices=NOT_SOLD if access == "registered" else composer.prices,  # an account is free
        subscribe_url=leading_back(composer.settings.urls.subscribe, article.url),
        sign_in_url=leading_back(composer.settings.urls.sign_in, article.url),
        buy_url=composer.buying(article.issue, article.url),
    )


def _share(composer: Composer, article: Article) -> tuple[Link, ...]:
    """Plain links: nothing is loaded from the networks, nobody is counted."""
    url = quote(composer.absolute(article.url), safe="")
    title = quote(composer.text(article.fields.title), safe="")
    return (
        Link(composer._("Courriel"), f"mailto:?subject={title}&body={url}"),
        Link("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={url}"),
        Link("Bluesky", f"https://bsky.app/intent/compose?text={title}%20{url}"),
    )


def _page(composer: Composer, cards: Cards, article: Article) -> Page:
    fields, issue = article.fields, article.issue
    neighbours = issue.articles if issue else []
    beside = [
        n for n in neighbours[max(0, article.rank - 2) : article.rank + 1] if n is not article
    ]
    people = tuple(composer.graph.people[slug] for slug in fields.people)
    said = (cards.said_of(fields.authors), issue and cards.issue_said(issue))
    refused = fields.ads == "none" or fields.genre == "obituary" or fields.advertorial
    return Page(
        url=article.url,
        template="article.html",
        compose=partial(_open, composer, cards, article),
        about=article,
        shows=(*people, *beside, *article.related),
        says=(article.rank, len(neighbours), _leads(article), *said),
        themes=frozenset(fields.themes),
        placement=None if refused else "article",
        card=partial(_card, composer, cards, article),
        search=partial(_searched, composer, article),
        search_date=fields.date.isoformat(),
        search_says=(*said, cards.said_of(fields.people)),
        modified=max([fields.date, *(c.date for c in fields.corrections)]),
    )


def _leads(article: Article) -> bool:
    """Whether it opens its issue, or the dossier of it."""
    return article.rank == 1 or (article.issue is not None and article.issue.lead is article)


def _card(composer: Composer, cards: Cards, article: Article) -> Card:
    fields, issue = article.fields, article.issue
    return Card(
        kind="article",
        label=composer._("Communiqué")
        if fields.advertorial
        else composer.section(fields.section).title,
        title=composer.text(fields.title),
        subtitle=", ".join(signatures(cards.article(article))),
        wear=composer.settings.wear_of(issue.fields.number) if issue else None,
    )


def _searched(composer: Composer, article: Article, page: Page) -> SearchRecord:
    assert isinstance(page.view, ArticleView)  # noqa: S101 (said to the type checker)
    return _record(composer, article, page.view)


def _head(composer: Composer, article: Article, view: ArticleView) -> Head:
    fields, urls = article.fields, composer.settings.urls
    title, about = composer.text(fields.title), composer.text(fields.standfirst)
    own = Link(title, article.url)
    if view.issue:
        trail = [Link(composer._("Numéros"), urls.archive), view.issue, own]
    else:
        trail = [Link(composer._("Articles"), urls.articles), own]
    head = composer.head(title, about, article.url, trail, drawn=True)
    head.og_type = "article"
    head.published = fields.date.isoformat()
    if fields.corrections:
        head.modified = max(c.date for c in fields.corrections).isoformat()
    head.feeds = (*head.feeds, *composer.feeds(fields.section))
    head.json_ld = structured.article(composer, article, view, head)
    return head


def _record(composer: Composer, article: Article, view: ArticleView) -> SearchRecord:
    body = article.body
    shown = body.preview_text if view.wall else body.text
    issue, fields = article.issue, article.fields
    title, about = composer.text(fields.title), composer.text(fields.standfirst)
    return SearchRecord(
        title=title,
        text=f"{about} {shown}",
        kind=composer._("Communiqués") if view.advertorial else composer._("Articles"),
        sort_date=fields.date.isoformat(),
        meta={
            "standfirst": about,
            "byline": ", ".join(signatures(view)),
            "date": composer.words.long_date(fields.date).striptags(),
        },
        filters={
            "section": (view.section.title,),
            "theme": tuple(theme.title for theme in view.themes),
            "issue": (f"{issue.fields.number} · {composer.text(issue.fields.title)}",)
            if issue
            else (),
            "access": (article.gate.access,) if view.wall else (),
            "class_year": tuple(
                str(year)
                for year in (
                    *(author.class_year for author in view.authors),
                    *(person.class_year for person in view.people),
                )
                if year
            ),
        },
    )
