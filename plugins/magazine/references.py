"""References: the people, issues and articles that a text names above its body must exist."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.magazine.document import Document
from plugins.magazine.graph import Article, Graph
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems, did_you_mean
from plugins.magazine.reading import model_of
from plugins.magazine.schema import (
    ArticleFields,
    Entry,
    IssueFields,
    NominationFields,
    ResearchFields,
)

_PEOPLE: dict[type[Entry], tuple[str, ...]] = {
    ArticleFields: ("authors", "people"),
    IssueFields: ("authors",),
    NominationFields: ("person",),
    ResearchFields: ("people",),
}
"""Fields that name people."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_references(graph: Graph, unread: Collection[str], problems: Problems) -> None:
    """People and issues that are named must exist; ``unread`` ones do, but have problems."""
    people = _Names({*graph.people, *unread}, problems)
    issues = _Names({*(issue.slug for issue in graph.issues), *unread}, problems)
    for article in graph.articles:
        people.check(article.document, ("authors",), article.fields.authors)
        people.check(article.document, ("people",), article.fields.people)
        if article.document.issue and not article.issue:
            issues.check(article.document, ("issue",), [article.document.issue])
        _check_folder(article, problems)
    for success in graph.research:
        people.check(success.document, ("people",), success.fields.people)
    for nomination in graph.nominations:
        people.check(nomination.document, ("person",), filter(None, [nomination.fields.person]))
    for issue in graph.issues:
        people.check(issue.document, ("authors",), issue.fields.authors)
        own = _Names({*(article.slug for article in issue.articles), *unread}, problems)
        own.check(issue.document, ("articles",), issue.fields.articles)
        if issue.fields.dossier:
            own.check(issue.document, ("dossier", "articles"), issue.fields.dossier.articles)


def _check_folder(article: Article, problems: Problems) -> None:
    """An article in an issue's folder belongs to that issue, whatever it says."""
    document, named = article.document, article.fields.issue
    if article.issue and named and named not in (document.issue, article.issue.slug):
        message = tell("l’article est dans le dossier de « {issue} »", issue=document.issue)
        problems.add(document.path, document.line_of("issue"), "issue", message)


@dataclass(frozen=True, slots=True)
class _Names:
    """What may be named, and where to record what may not."""

    known: Collection[str]
    problems: Problems

    def check(self, document: Document, at: tuple[str, ...], slugs: Iterable[str]) -> None:
        for n, slug in enumerate(slugs):
            if slug and slug not in self.known:
                message = tell("« {slug} » n’existe pas", slug=slug)
                line = document.line_of(*at, n)
                suggestion = did_you_mean(slug, self.known)
                self.problems.add(document.path, line, ".".join(at), message + suggestion)


def check_references_of_unread(
    documents: Iterable[Document], graph: Graph, unread: Collection[str], problems: Problems
) -> None:
    """The same for files whose fields have other problems, as far as these can be made out."""
    people = _Names({*graph.people, *unread}, problems)
    folders = {issue.document.issue or "" for issue in graph.issues}
    issues = _Names({*folders, *(issue.slug for issue in graph.issues), *unread}, problems)
    for document in documents:
        model = model_of(document.path)
        if document.is_valid or model is None:
            continue
        written = document.written()
        for name in _PEOPLE.get(model, ()):
            people.check(document, (name,), _slugs(written.get(name)))
        if model is ArticleFields:
            issues.check(document, ("issue",), _slugs(document.issue or written.get("issue")))
        if model is IssueFields:
            _check_articles(document, written, graph, _Names(unread, problems))


def _check_articles(
    document: Document, written: Mapping[str, Any], graph: Graph, unread: "_Names"
) -> None:
    named = {document.issue, document.slug, written.get("slug")}
    slugs = {article.slug for article in graph.articles if article.document.issue in named}
    own, dossier = _Names({*slugs, *unread.known}, unread.problems), written.get("dossier")
    own.check(document, ("articles",), _slugs(written.get("articles")))
    if isinstance(dossier, Mapping):
        own.check(document, ("dossier", "articles"), _slugs(dossier.get("articles")))


def _slugs(written: object) -> list[str]:
    """Names in a field; what cannot be one is told of already."""
    found = written if isinstance(written, list) else [written]
    return [slug if isinstance(slug, str) and _SLUG.fullmatch(slug) else "" for slug in found]
