"""Catalogues read from their ``.po`` files: nothing to compile, nothing stale."""

import os
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

SOURCE_LANG = "fr"
"""Messages are written in French in the code; other languages have a catalogue."""


def load_catalogue(folder: Path, lang: str) -> NullTranslations:
    """Read ``<folder>/<lang>/LC_MESSAGES/bicorne.po``; French is the source itself.

    Raises ``FileNotFoundError`` for a language that has no catalogue.
    """
    if lang == SOURCE_LANG:
        return NullTranslations()
    with (folder / lang / "LC_MESSAGES" / "bicorne.po").open("rb") as po:
        catalogue = read_po(po, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def terminal_lang(environ: Mapping[str, str]) -> str:
    """The editor's language, by the usual variables: French where they say so, else English."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environ[name] for name in names if environ.get(name)), "")
    return "fr" if chosen.startswith("fr") else "en"


@cache
def _terminal_catalogue() -> NullTranslations:
    return load_catalogue(Path(__file__).parent / "locale", terminal_lang(os.environ))


def tell(message: str, **values: object) -> str:
    """Word a message for the editor at the terminal, with its ``{values}`` filled in."""
    return str(_terminal_catalogue().gettext(message)).format(**values)


def spoken_count(count: int) -> str:
    """A whole number as the editor writes it: 20 000, 20,000."""
    return f"{count:,}".replace(",", "\u202f" if _speaks_french() else ",")


def spoken_seconds(seconds: float) -> str:
    """Seconds to a tenth, with the editor's decimal mark."""
    return f"{seconds:.1f}".replace(".", "," if _speaks_french() else ".")


def spoken_score(score: float) -> str:
    """A number to a hundredth, with the editor's decimal mark."""
    return f"{score:.2f}".replace(".", "," if _speaks_french() else ".")


def spoken_euros(amount: Decimal) -> str:
    """A price as the editor writes it: 900 €, 1 200,50 €; €900, €1,200.50."""
    cents = "" if amount == int(amount) else f"{amount % 1:.2f}"[1:]
    whole = spoken_count(int(amount))
    if _speaks_french():
        return f"{whole}{cents.replace('.', ',')}\u00a0€"
    return f"€{whole}{cents}"


def _speaks_french() -> bool:
    return terminal_lang(os.environ) == SOURCE_LANG
