"""Plans the manifest, and has what every build made public searched for gated text."""

from typing import Any

from pelican.generators import Generator

from plugins.access.audit import audit
from plugins.access.manifest import encoded, manifest
from plugins.access.secrets import secrets_of
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
        plan.checks.append(self._audit)

    def _audit(self, made: Made) -> None:
        audit(made.root / "public", secrets_of(self.context["edition"]))
