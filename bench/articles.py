"""Writes the issues and the articles of a plan."""

from pathlib import Path
from random import Random

from bench.entries import write_entry
from bench.pictures import picture_name
from bench.plan import ArticlePlan, IssuePlan, Plan, dice
from bench.prose import FIGURE_SHARE, NOTED_SHARE, Writer, length
from bench.vocabulary import vocabulary

_LEAD_SHARE = 1 / 6
"""With as many that show a figure in their text, a third of the articles have an image."""

_NEAR = 400
"""Most links between articles lead to one of so many before."""

_GENRES = ("article", "interview", "essay", "archive", "obituary")
_GENRE_WEIGHTS = (80, 8, 7, 3, 2)


def write_issues(plan: Plan, content: Path) -> None:
    """Write every issue: its fields, its order, its editorial."""
    by_issue: dict[int, list[str]] = {issue.number: [] for issue in plan.issues}
    for article in plan.articles:
        if article.issue:
            by_issue[article.issue.number].append(article.slug)
    for issue in plan.issues:
        _write_issue(plan, issue, by_issue[issue.number], content)


def _write_issue(plan: Plan, issue: IssuePlan, articles: list[str], content: Path) -> None:
    rng, words = dice("issue text", issue.number), vocabulary()
    dossier = {
        "title": words.phrase(rng, 3, 5),
        "introduction": words.sentence(rng),
        "articles": articles[:5],
    }
    fields = {
        "number": issue.number,
        "title": issue.title,
        "date": issue.published,
        "description": words.sentence(rng),
        "cover": {
            "file": picture_name("cover", issue.number),
            "alt": f"Couverture : {words.subject(rng, 6)}",
        },
        "access": issue.access,
        "opens": issue.opens,
        "authors": plan.cast.draw_authors(rng),
        "dossier": dossier,
        "articles": articles,
    }
    body = Writer(rng, [f"article:{articles[0]}"]).body(250)
    write_entry(content / "issues" / issue.slug / "issue.md", fields, body)


def write_articles(plan: Plan, content: Path) -> None:
    """Write every article."""
    for article in plan.articles:
        rng = dice("article text", article.number)
        noted, figured = rng.random() < NOTED_SHARE, rng.random() < FIGURE_SHARE
        figures = (picture_name("figure", rng.randrange(1000)),) if figured else ()
        writer = Writer(rng, _links(plan, article, rng))
        fields = _fields(article, rng)
        body = writer.body(length(rng), figures, noted=noted)
        write_entry(content / article.path, fields, body)


def _fields(article: ArticlePlan, rng: Random) -> dict[str, object]:
    words = vocabulary()
    return {
        "title": article.title,
        "standfirst": words.sentence(rng),
        "date": article.published,
        "section": article.section,
        "themes": article.themes,
        "authors": article.authors,
        "people": article.people,
        "access": _access(article, rng),
        "genre": rng.choices(_GENRES, _GENRE_WEIGHTS)[0],
        "image": _lead(rng) if rng.random() < _LEAD_SHARE else None,
        "corrections": _corrections(article, rng) if rng.random() < 0.01 else (),
        "sources": tuple(_source(rng) for _ in range(rng.choice((0, 0, 1, 2)))),
    }


def _access(article: ArticlePlan, rng: Random) -> str | None:
    """In a gated issue one article in twenty-five is free, one asks only for an access."""
    if not article.issue or article.issue.access == "public":
        return None
    return {0: "public", 1: "registered"}.get(rng.randrange(25))


def _lead(rng: Random) -> dict[str, str]:
    words = vocabulary()
    return {
        "file": picture_name("figure", rng.randrange(1000)),
        "alt": words.phrase(rng, 6, 10),
        "caption": words.sentence(rng),
        "credit": words.phrase(rng, 2, 3),
    }


def _corrections(article: ArticlePlan, rng: Random) -> tuple[dict[str, object], ...]:
    later = article.published.replace(day=28)
    return ({"date": later, "text": vocabulary().sentence(rng)},)


def _source(rng: Random) -> dict[str, str]:
    words = vocabulary()
    return {
        "title": words.phrase(rng, 5, 9),
        "author": words.phrase(rng, 2, 2),
        "publisher": words.phrase(rng, 1, 2),
        "year": str(rng.randint(1820, 2020)),
        "url": f"https://example.org/{rng.randrange(10**9)}",
    }


def _links(plan: Plan, article: ArticlePlan, rng: Random) -> list[str]:
    """Links to the people it is about, and to a few articles, most of them near in time."""
    links = [f"people:{slug}" for slug in article.people]
    for _ in range(rng.randint(0, 3)):
        nearest = max(0, article.number - _NEAR) if rng.random() < 0.8 else 0
        other = plan.articles[rng.randint(nearest, article.number)]
        if other is not article:
            links.append(f"article:{other.slug}")
    return list(dict.fromkeys(links))
