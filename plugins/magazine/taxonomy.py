"""The closed lists of the magazine: sections and themes, kept in one file."""

from dataclasses import dataclass
from pathlib import Path

from plugins.magazine.front_matter import FrontMatterError, read_text, read_yaml
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems
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
    """Sections in the order of the file; themes by slug, with their names. Names are typeset."""

    sections: dict[str, Section]
    themes: dict[str, str]


EMPTY = Taxonomy({}, {})


def read_taxonomy(folder: Path, problems: Problems) -> Taxonomy:
    """Read ``taxonomy.yaml``; what is wrong in it is recorded, and nothing is then known."""
    try:
        fields, _ = read_yaml(read_text(folder / FILE_NAME))
        return Taxonomy(
            {
                slug: Section(slug, set_plain(section["name"]), section.get("description", ""))
                for slug, section in fields["sections"].items()
            },
            {slug: set_plain(str(name)) for slug, name in fields["themes"].items()},
        )
    except FrontMatterError as error:
        problems.add(FILE_NAME, error.line, error.field, str(error))
    except (KeyError, AttributeError, TypeError):
        shape = tell(
            "il faut « sections: {{slug: {{name, description}}}} » et « themes: {{slug: nom}} »"
        )
        problems.add(FILE_NAME, 1, "taxonomy", shape)
    return EMPTY
