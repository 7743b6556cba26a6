"""Plans the manifest, and has what every build made public searched for gated text."""

from typing import Any

from pelican.generators import Generator

from plugins.access.audit import audit
from plugins.access.knowledge import Knowledge
from plugins.access.manifest import encoded, manifest
from plugins.access.watch import NAME, documents_of, has_lost, published_documents
from plugins.access.watch import encoded as encoded_documents
from plugins.press.plan import Leaf, Made


class AccessGenerator(Generator):  # type: ignore[misc]
    """Runs last: it has to know every page and every file."""

    stage = 100

    def generate_output(self, _writer: Any) -> None:
        """Plan ``manifest.json``; ``AuditError`` will stop a build that makes gated text public."""
        edition, keys, plan = (self.context[name] for name in ("edition", "keys", "plan"))
        files = edition.images.gates() | edition.downloads.gates()
        content = encoded(manifest(edition.pages, files))
        plan.add(Leaf("manifest.json", keys.of(content), lambda: content))
        documents = encoded_documents(documents_of(edition))
        plan.add(Leaf(NAME, keys.of(documents), lambda: documents))
        plan.checks.append(self._audit)

    def _audit(self, made: Made) -> None:
        edition = self.context["edition"]
        secrets = Knowledge(edition).secrets()
        whole = has_lost(edition, published_documents(made.published), secrets)
        audit(made.root / "public", made.public_files(whole=whole), secrets)
