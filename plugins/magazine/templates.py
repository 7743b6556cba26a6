"""What a template is made of: its own source and that of every template it draws in.

And what is wrong with one, in a line that says where.
"""

import re
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError

from plugins.magazine.digest import digest_of
from plugins.magazine.messages import tell
from plugins.press.plan import CheckError

_DRAWS_IN = re.compile(r"""{%[-+]?\s*(?:extends|include|import|from)\s+(?:"([^"]+)"|\S+)""")
"""Jinja's own parser would say the same in fifty times the time."""

_SUFFIX = ".html"


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
        return (
            named if all(named) else self._environment.list_templates([_SUFFIX.removeprefix(".")])
        )

    def _source(self, name: str) -> str:
        assert self._environment.loader is not None  # noqa: S101 (Pelican sets one)
        try:
            return self._environment.loader.get_source(self._environment, name)[0]
        except TemplateNotFound as error:
            raise CheckError(_not_found(error)) from error


def render(environment: Environment, template: str, shown: Mapping[str, object]) -> bytes:
    """What a template makes; raises ``CheckError`` for a fault of the theme."""
    try:
        return environment.get_template(template).render(shown).encode()
    except Exception as error:
        told = fault(error)
        if told is None:
            raise
        raise told from error


def fault(error: Exception) -> CheckError | None:
    """What to tell of an error met in rendering; ``None`` for one that is no template's."""
    if isinstance(error, TemplateSyntaxError):
        return _at(error.filename or "", error.lineno, error.message or "")
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.endswith(_SUFFIX)]
    if not inside or not (isinstance(error, TemplateError) or frames[-1] is inside[-1]):
        return None
    said = _not_found(error) if isinstance(error, TemplateNotFound) else str(error)
    return _at(inside[-1].filename, inside[-1].lineno or 0, said)


def _at(file: str, line: int, said: str) -> CheckError:
    here, there = Path.cwd(), Path(file)
    shown = there.relative_to(here) if there.is_relative_to(here) else there
    return CheckError(tell("{file}:{line} : {said}", file=shown, line=line, said=said))


def _not_found(error: TemplateNotFound) -> str:
    return tell("le thème n’a pas de gabarit « {name} »", name=error.name)
