"""What the builder has to tell: to the service, in one small file that is replaced in one step."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.magazine.messages import terminal_lang

SETTINGS_CHANGED = 75
"""The builder's exit status: settings are read once a process, so that it has to start again."""

REFUSED = 65
"""The same: nothing can be published with these settings, or into these folders; it says why."""


@dataclass
class News:
    """Counts publications, and says what keeps the next one from being published."""

    file: Path
    output: Path
    lang: str
    number: int = 0
    error: str = ""
    """What was last refused, until something is published."""

    @classmethod
    def to(cls, file: Path, output: Path, environ: Mapping[str, str]) -> "News":
        """News in the editor's language."""
        return cls(file, output, terminal_lang(environ))

    @classmethod
    def again(cls, file: Path) -> "News":
        """News that go on from those of a builder that has ended."""
        said = json.loads(file.read_text("utf-8"))
        return cls(file, Path(said["output"]), said["lang"], said["number"])

    def published(self) -> None:
        """Pages have changed."""
        self.number += 1
        self._tell("")

    def refused(self, reason: str) -> None:
        """Nothing is published, for a reason."""
        self._tell(reason)

    def _tell(self, error: str) -> None:
        self.error = error
        said = {
            "number": self.number,
            "error": error,
            "lang": self.lang,
            "output": str(self.output),
        }
        unfinished = self.file.with_name(f"{self.file.name}.part")
        unfinished.write_text(json.dumps(said), "utf-8")
        unfinished.replace(self.file)
