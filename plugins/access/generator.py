"""Plans manifest and issues, and has what every build made public searched for gated text."""

from collections.abc import Collection
from typing import Any

from pelican.generators import Generator

from plugins.access.audit import audit
from plugins.access.issues import issues
from plugins.access.knowledge import Knowledge
from plugins.access.manifest import manifest
from plugins.access.secrets import Secrets
from plugins.access.watch import NAME, documents_of, has_lost, loses, published_documents
from plugins.access.watch import encoded as encoded_documents
from plugins.magazine.data_files import encoded
from plugins.magazine.graph import Node
from plugins.magazine.schema import Entry
from plugins.press.plan import Leaf, Made


class AccessGenerator(Generator):  # type: ignore[misc]
    """Runs last: it has to know every page and every file."""

    stage = 100
    replans = True
    _knowledge: Knowledge
    _secrets: Secrets
    _has_audited = False

    def generate_output(self, _writer: Any) -> None:
        """Plan what the service reads; ``AuditError`` will stop a build that makes it public."""
        edition, plan = self.context["edition"], self.context["plan"]
        files = edition.images.gates() | edition.downloads.gates()
        self._plan("manifest.json", encoded(manifest(edition.pages, files)))
        sold = issues(edition.graph.issues, edition.settings.timezone)
        self._plan("issues.json", encoded(sold))
        self._plan(NAME, encoded_documents(documents_of(edition)))
        plan.check(self._audit)
        if not self._has_audited:
            plan.meanwhile.append(self._know)

    def _plan(self, path: str, content: bytes) -> None:
        key = self.context["keys"].of(content)
        self.context["plan"].add(Leaf(path, key, lambda: content))

    def may_revise(self, nodes: Collection[Node[Entry]]) -> bool:
        """Learn what is gated of changed nodes.

        Whether nothing that they said to anybody is gated now: else everything has to be read.
        """
        if not self._has_audited:
            return False
        self._knowledge.learn(nodes, self._secrets)
        edition, secrets = self.context["edition"], self._secrets
        return not any(loses(edition, n.document.path, secrets) for n in nodes)

    def _know(self) -> None:
        self._knowledge = Knowledge(self.context["edition"])
        self._secrets = self._knowledge.secrets()

    def _audit(self, made: Made) -> None:
        edition, secrets = self.context["edition"], self._secrets
        whole = False
        if not self._has_audited:  # later, a resident build asks first whether it may
            whole = has_lost(edition, published_documents(made.published), secrets)
        audit(made.root / "public", made.public_files(whole=whole), secrets)
        self._has_audited = True
