"""Templates of pages and of mails, in each language, with the forms of its dates and prices."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from paywall.words import catalogue

TIME_ZONE = ZoneInfo("Europe/Paris")
FRENCH = "fr"
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}
"""Days in English come before their months, as in the rest of Europe."""


@cache
def environment(language: str, folder: Path) -> Environment:
    """The templates of a folder; those of HTML escape whatever they are given."""
    made = Environment(
        loader=FileSystemLoader(folder),
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "price": partial(price, language),
        "rate": partial(_rate, language),
        "day": partial(day, language),
        "last_day": partial(_last_day, language),
        "moment": partial(_moment, language),
    }
    return made


def price(language: str, cents: int, currency: str = "EUR") -> str:
    """An amount, as the language writes it."""
    written: str = format_currency(Decimal(cents).scaleb(-2), currency, locale=_LOCALES[language])
    return written


def day(language: str, at: datetime | date) -> str:
    """A day; an instant's is that of Paris."""
    on = at.astimezone(TIME_ZONE).date() if isinstance(at, datetime) else at
    written = format_date(on, "long", locale=_LOCALES[language])
    first = language == FRENCH and on.day == 1
    return written.replace("1 ", "1er ", 1) if first else written


def _last_day(language: str, ends_at: datetime) -> str:
    """The last day of what ends then. Accounts count days in UTC."""
    return day(language, (ends_at - timedelta(microseconds=1)).astimezone(UTC).date())


def _rate(language: str, permille: int) -> str:
    written: str = format_decimal(Decimal(permille).scaleb(-1), locale=_LOCALES[language])
    return f"{written} %" if language == FRENCH else f"{written}%"


def _moment(language: str, at: datetime) -> str:
    hour, minute = at.astimezone(TIME_ZONE).strftime("%H %M").split()
    clock = f"à {hour}\u00a0h\u00a0{minute}" if language == FRENCH else f"at {hour}:{minute}"
    return f"{day(language, at)} {clock}"
