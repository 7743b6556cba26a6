"""The closed lists of the magazine: sections and themes, kept in one file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plugins.magazine.front_matter import FrontMatterError, Location, read_text, read_yaml
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems, did_you_mean
from plugins.magazine.typography import set_plain

FILE_NAME = "taxonomy.yaml"


@dataclass(frozen=True, slots=True)
class Section:
    """A place in the magazine."""

    slug: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Sections in the order of the file; themes by slug, with their names. Names are typeset.

    ``iab`` has what themes are called elsewhere: identifiers of IAB's Content Taxonomy 3.1.
    """

    sections: dict[str, Section]
    themes: dict[str, str]
    iab: dict[str, tuple[str, ...]] = field(default_factory=dict)


EMPTY = Taxonomy({}, {})
_IDENTIFIER = re.compile("[0-9A-Za-z]{1,6}")


def read_taxonomy(folder: Path, problems: Problems) -> Taxonomy:
    """Read ``taxonomy.yaml``; what is wrong in it is recorded, and nothing is then known."""
    try:
        fields, lines = read_yaml(read_text(folder / FILE_NAME))
        _check_themes(fields["themes"], lines, problems)
        return Taxonomy(
            {
                slug: Section(slug, set_plain(section["name"]), section.get("description", ""))
                for slug, section in fields["sections"].items()
            },
            {slug: set_plain(_name(theme)) for slug, theme in fields["themes"].items()},
            {slug: tuple(_identifiers(theme)) for slug, theme in fields["themes"].items()},
        )
    except FrontMatterError as error:
        problems.add(FILE_NAME, error.line, error.field, str(error))
    except (KeyError, AttributeError, TypeError):
        shape = tell(
            "il faut « sections: {{slug: {{name, description}}}} » et « themes: {{slug: nom}} »"
        )
        problems.add(FILE_NAME, 1, "taxonomy", shape)
    return EMPTY


def _name(theme: Any) -> str:
    """A theme is its name, or a name with what it is called elsewhere."""
    return str(theme["name"] if isinstance(theme, Mapping) else theme)


def _identifiers(theme: Any) -> list[str]:
    return list(theme.get("iab") or ()) if isinstance(theme, Mapping) else []


def _check_themes(
    themes: Mapping[str, Any], lines: Mapping[Location, int], problems: Problems
) -> None:
    for slug, theme in themes.items():
        for key, value in theme.items() if isinstance(theme, Mapping) else ():
            problem = _problem(key, value)
            if problem:
                problems.add(FILE_NAME, lines["themes", slug, key], f"themes.{slug}.{key}", problem)


def _problem(key: str, value: Any) -> str | None:
    if key not in ("name", "iab"):
        return tell("champ inconnu") + did_you_mean(key, ("name", "iab"))
    if key == "name":
        return None if isinstance(value, str) else tell("il faut un texte")
    if not isinstance(value, list):
        return tell("il faut une liste")
    wrong = [str(told) for told in value if not _IDENTIFIER.fullmatch(str(told))]
    message = "« {value} » n’est pas un identifiant de la nomenclature de l’IAB"
    return tell(message, value=wrong[0]) if wrong else None
