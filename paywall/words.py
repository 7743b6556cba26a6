"""What the service says: French in the code, other languages from their catalogue."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("fr", "en")
_FOLDER = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue of a language; French is the source itself."""
    if language == LANGUAGES[0]:
        return NullTranslations()
    with (_FOLDER / language / "LC_MESSAGES" / "bicorne.po").open("rb") as po:
        read = read_po(po, locale=language)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return Translations(compiled)


def say(language: str, message: str, **values: object) -> str:
    """A message in a language, with its values filled in."""
    said: str = catalogue(language).gettext(message)
    return said.format(**values) if values else said


def agreed(count: int, one: str, many: str) -> str:
    """The words that go with a number, where only French is spoken: it counts none as one."""
    return one if count < 2 else many


def counted(count: int, one: str, many: str) -> str:
    """`1 ligne`, `2 lignes`."""
    return f"{count} {agreed(count, one, many)}"
