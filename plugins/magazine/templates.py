"""What a template is made of: its own source and that of every template it draws in."""

from functools import cache

from jinja2 import Environment, meta

from plugins.magazine.digest import digest_of


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
                tree = self._environment.parse(sources[wanted])
                pending += filter(None, meta.find_referenced_templates(tree))
        return digest_of(tuple(sorted(sources.items())))

    def _source(self, name: str) -> str:
        assert self._environment.loader is not None  # noqa: S101 (Pelican sets one)
        return self._environment.loader.get_source(self._environment, name)[0]
