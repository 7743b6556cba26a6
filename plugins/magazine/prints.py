"""What every node is today, as digests: what its own page says, what others show of it."""

from plugins.magazine.compose.cards import Cards, is_over
from plugins.magazine.compose.composer import Composer
from plugins.magazine.digest import digest_of
from plugins.magazine.graph import Article, Node
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
        for article in self._graph.articles:
            self.mark_article(article)
        for issue in self._graph.issues:
            self._mark(issue, any(a.gate.is_closed(self._now) for a in issue.articles))
        for person in self._graph.people.values():
            self._mark(person)
        for page in self._graph.pages:
            self._mark(page)
        for success in self._graph.research:
            self._mark_research(success)
        for nomination in self._graph.nominations:
            self._mark_nomination(nomination)
        for event in self._graph.events:
            self._mark_event(event)

    def mark_article(self, article: Article) -> None:
        """Mark one article."""
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

    def _mark_research(self, node: Node[ResearchFields]) -> None:
        self._mark(node, self._cards.said_of(node.fields.people))

    def _mark_nomination(self, node: Node[NominationFields]) -> None:
        """A line of the carnet shows the whole of its short text."""
        person = [node.fields.person] if node.fields.person else []
        self._mark(node, self._cards.said_of(person))
        node.face = node.whole

    def _mark_event(self, node: Node[EventFields]) -> None:
        self._mark(node, is_over(node, self._now))
