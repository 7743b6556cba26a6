"""Writes the manifest, then reads everything public back and looks for gated text."""

from pathlib import Path
from typing import Any

from pelican.generators import Generator

from plugins.access.audit import audit
from plugins.access.manifest import manifest, write_manifest
from plugins.access.secrets import secrets_of


class AccessGenerator(Generator):  # type: ignore[misc]
    """Runs last: the audit has to see every file of the build."""

    stage = 100

    def generate_output(self, _writer: Any) -> None:
        """Write ``manifest.json``; raise ``AuditError`` when gated text is public."""
        edition, output = self.context["edition"], Path(self.output_path)
        files = edition.images.gates() | edition.downloads.gates()
        write_manifest(output / "manifest.json", manifest(edition.pages, files))
        audit(output / "public", secrets_of(edition))
