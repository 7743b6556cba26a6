"""Pages of accounts: a template, in the magazine's shell, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import escape

from paywall.site.answers import Answer, Header
from paywall.views.shell import Shells
from paywall.words import LANGUAGES, catalogue

PRIVATE: tuple[Header, ...] = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"same-origin"),
    (b"x-robots-tag", b"noindex"),
)
"""No cache keeps what an account says, and no other site learns its address. Ours does: forms
would have no origin otherwise (`no-referrer` makes it null)."""

_TIME_ZONE = ZoneInfo("Europe/Paris")


class Renderer:
    """Templates of each language, compiled once."""

    def __init__(self, output: Path) -> None:
        self._shells = Shells(output)
        self._environments = {language: _environment(language) for language in LANGUAGES}

    def page(
        self,
        language: str,
        template: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        headers: tuple[Header, ...] = (),
    ) -> Answer:
        """A page. The template's block `title` is its title, `main` the rest."""
        compiled = self._environments[language].get_template(template)
        module = compiled.make_module({**values, "language": language})
        title, main = str(module.title), str(module.main())  # type: ignore[attr-defined]
        body = self._shells.of(language).around(str(escape(title)), main)
        kind = (b"content-type", b"text/html; charset=utf-8")
        spoken = (b"content-language", language.encode())
        return Answer(status, (kind, spoken, *PRIVATE, *headers), body.encode())

    def text(self, language: str, template: str, values: Mapping[str, Any]) -> str:
        """A mail's text."""
        return self._environments[language].get_template(template).render(values)


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "price": partial(_price, language),
        "day": partial(_day, language),
        "moment": partial(_moment, language),
    }
    return environment


def _price(language: str, cents: int, currency: str = "EUR") -> str:
    written: str = format_currency(cents / 100, currency, locale=language)
    return written


def _day(language: str, at: datetime) -> str:
    return format_date(at.astimezone(_TIME_ZONE), "long", locale=language)


def _moment(language: str, at: datetime) -> str:
    local = at.astimezone(_TIME_ZONE)
    return format_datetime(local, "d MMMM y, HH:mm", locale=language)
