"""What every node is today, as digests: what its own page says, what others show of it."""

from typing import cast

from plugins.magazine.compose.cards import Cards, is_over
from plugins.magazine.compose.composer import Composer
from plugins.magazine.digest import digest_of
from plugins.magazine.graph import Article, Issue, Node
from plugins.magazine.schema import Entry, EventFields, NominationFields, ResearchFields
from plugins.magazine.uses import Uses


class Prints:
    """Gives every node its ``whole`` and its ``face``.

    A face holds all of the front matter rather than the fields that a card shows today: a
    template that shows one more cannot go stale.
    """

    def __init__(self, composer: Composer, cards: Cards, uses: Uses) -> None:
        self._now = composer.now
        self._graph, self._cards, self._uses = composer.graph, cards, uses

    def mark_all(self) -> None:
        """Mark every node of the graph."""
        graph = self._graph
        people, others = graph.people.values(), (graph.pages, graph.research, graph.nominations)
        for kind in (graph.articles, graph.issues, people, *others, graph.events):
            for node in kind:
                self.mark(node)

    def mark(self, node: Node[Entry]) -> None:
        """Mark one node."""
        match node:
            case Article():
                self._mark_article(node)
            case Issue():
                self._mark(node, any(a.gate.is_closed(self._now) for a in node.articles))
            case Node(fields=ResearchFields(people=people)):
                self._mark(node, self._cards.said_of(people))
            case Node(fields=NominationFields(person=person)):
                self._mark_nomination(node, person)
            case Node(fields=EventFields()):
                self._mark(node, is_over(cast("Node[EventFields]", node), self._now))
            case _:
                self._mark(node)

    def _mark_article(self, article: Article) -> None:
        gate, issue = article.gate, article.issue
        self._mark(
            article,
            gate.is_closed(self._now),
            gate.access,
            gate.opens,
            article.outline.minutes,
            self._cards.said_of(article.fields.authors),
            issue and self._cards.issue_said(issue),
        )

    def _mark(self, node: Node[Entry], *others: object) -> None:
        links, images, fronts = self._uses.of(node)
        document = node.document
        node.face = digest_of(document.fields_digest, node.url, fronts, others)
        node.whole = digest_of(document.digest, node.url, links, images, fronts, others)

    def _mark_nomination(self, node: Node[Entry], person: str | None) -> None:
        """A line of the carnet shows the whole of its short text."""
        self._mark(node, self._cards.said_of([person] if person else []))
        node.face = node.whole
