"""Numbers, days and names, as a report of either language writes them."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from paywall.ads.inventory import Inventory
from paywall.ads.reports.disclosure import LEAST, Figure, Hidden
from paywall.ads.reports.tally import OTHER, SEVERAL
from paywall.templating import FRENCH, day, price
from paywall.words import say

_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Wording:
    """What is written in a language, of one magazine."""

    language: str
    inventory: Inventory

    def number(self, number: float) -> str:
        """A whole number, to the nearest."""
        written: str = format_decimal(round(number), locale=_LOCALES[self.language])
        return written

    def figure(self, figure: Figure) -> str:
        """A number that may be shown, or why it is not."""
        if figure is Hidden.UNDER:
            return f"<\u00a0{LEAST}"
        if figure is Hidden.KEPT:
            return say(self.language, "n.\u00a0c.")
        return self.number(figure)

    def percent(self, share: float, pattern: str = "0.00") -> str:
        """A share; French puts a space before the sign."""
        written = format_decimal(100 * share, pattern, locale=_LOCALES[self.language])
        return f"{written}\u202f%" if self.language == FRENCH else f"{written}%"

    def rate(self, rate: float | None) -> str:
        """Clicks for a view; a dash where it would tell a number that is not shown."""
        return "–" if rate is None else self.percent(rate)

    def price(self, cents: float) -> str:
        """An amount in euros."""
        return price(self.language, round(cents))

    def day(self, on: date | datetime) -> str:
        """A day, in full."""
        return day(self.language, on.date() if isinstance(on, datetime) else on)

    def period(self, first: date, last: date) -> str:
        """From one day to another, both included."""
        if first == last:
            return say(self.language, "Le {on}", on=self.day(first))
        is_short = (first.year, first.month) == (last.year, last.month)
        begins = self._date(first, "d") if is_short else self.day(first)
        if is_short and first.day == 1 and self.language == FRENCH:
            begins = "1er"
        return say(self.language, "Du {first} au {last}", first=begins, last=self.day(last))

    def short_day(self, on: date) -> str:
        """A day on an axis, of which the year is known."""
        written = self._date(on, "d MMM")
        first = self.language == FRENCH and on.day == 1
        return written.replace("1", "1er", 1) if first else written

    def day_of_month(self, on: date) -> str:
        """A day in a table whose month is known."""
        return self._date(on, "EEE d")

    def month(self, on: date) -> str:
        """The month of a day."""
        return self._date(on, "MMMM y")

    def _date(self, on: date, pattern: str) -> str:
        written: str = format_date(on, pattern, locale=_LOCALES[self.language])
        return written

    def theme(self, theme: str) -> str:
        """A theme's name; pages may be on none of those that are told apart."""
        if theme == OTHER:
            return say(self.language, "Autres pages")
        known = self.inventory.themes.get(theme)
        return known.name if known else theme

    def placement(self, placement: str) -> str:
        """Where on the site it is."""
        named = {
            "article": say(self.language, "Dans les articles"),
            "home": say(self.language, "Page d’accueil"),
            "list": say(self.language, "Listes et sommaires"),
            "event": say(self.language, "Agenda"),
            "newsletter": say(self.language, "Lettre d’information"),
            OTHER: say(self.language, "Ailleurs"),
        }
        return named.get(placement, placement)

    def creative(self, creative: str) -> str:
        """A creative by its size in pixels."""
        if creative == OTHER:
            return say(self.language, "Autres créations")
        if creative == "text":
            return say(self.language, "Texte")
        return creative.replace("x", "\u00a0×\u00a0")

    def reason(self, reason: str) -> str:
        """Why an event was marked."""
        named = {
            "bot": say(self.language, "Robot"),
            "rate": say(self.language, "Rythme impossible"),
            "replay": say(self.language, "Déjà reçu"),
            "orphan": say(self.language, "Clic sans impression"),
            SEVERAL: say(self.language, "Plusieurs de ces raisons"),
        }
        return named.get(reason, reason)
