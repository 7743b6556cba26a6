"""What a template is made of: its own source and that of every template it draws in."""

import re
from functools import cache

from jinja2 import Environment

from plugins.magazine.digest import digest_of

_DRAWS_IN = re.compile(r"""{%[-+]?\s*(?:extends|include|import|from)\s+(?:"([^"]+)"|\S+)""")
"""Jinja's own parser would say the same in fifty times the time."""


class Templates:
    """Digests of an environment's templates, worked out once each."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.digest = cache(self._digest)

    def _digest(self, name: str) -> bytes:
        """A digest of a template with all that it extends, includes and imports."""
        sources: dict[str, str] = {}
        pending = [name]
        while pending:
            wanted = pending.pop()
            if wanted not in sources:
                sources[wanted] = self._source(wanted)
                pending += self._drawn_in(sources[wanted])
        return digest_of(tuple(sorted(sources.items())))

    def _drawn_in(self, source: str) -> list[str]:
        """The templates that one names; all there are when it computes a name."""
        named = _DRAWS_IN.findall(source)
        return named if all(named) else self._environment.list_templates(["html"])

    def _source(self, name: str) -> str:
        assert self._environment.loader is not None  # noqa: S101 (Pelican sets one)
        return self._environment.loader.get_source(self._environment, name)[0]
