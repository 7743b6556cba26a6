"""Template filters: dates, numbers and class years in the interface's language."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from babel.core import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from babel.support import NullTranslations
from markupsafe import Markup, escape

from plugins.magazine.dates import Moment, PartialDate
from plugins.magazine.parts import EventCard, PersonCard, PriceFrom
from plugins.magazine.settings import Settings


class Words:
    """The filters, in one language."""

    def __init__(self, settings: Settings, catalogue: NullTranslations) -> None:
        self._lang = settings.interface_lang
        self._prefix = settings.class_prefix
        self._gettext = catalogue.gettext

    @property
    def filters(self) -> dict[str, Callable[..., object]]:
        """By the names that templates use."""
        names = (
            "long_date", "month_year", "partial", "life", "iso", "event_dates",
            "number", "class_year", "price",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}

    def long_date(self, day: date) -> Markup:
        """« 1er novembre 2026 », its ordinal raised, its day never parted from its month."""
        return self._raised(format_date(day, "d'\u00a0'MMMM y", self._lang))

    def month_year(self, day: date) -> str:
        """« novembre 2026 »."""
        return format_date(day, "MMMM y", self._lang)

    def partial(self, moment: PartialDate) -> Markup:
        """A date at the precision known."""
        if moment.day:
            return self.long_date(moment.first)
        if moment.month:
            return escape(self.month_year(moment.first))
        return escape(str(moment.year))

    def life(self, card: PersonCard) -> str:
        """« 1854–1912 »."""
        if card.born is None:
            return ""
        if card.died is None:
            return str(self._gettext("né(e) en {year}")).format(year=card.born.year)
        return f"{card.born.year}–{card.died.year}"

    def iso(self, moment: date | PartialDate | Moment) -> str:
        """For ``<time datetime>``."""
        return str(moment)

    def event_dates(self, card: EventCard) -> Markup:
        """« 19 et 20 septembre 2026 », with the hours if they are known."""
        first = card.start.day
        last = card.end.day if card.end else first
        days = self._days(first, last)
        hours = [self._hour(m.hour) for m in (card.start, card.end) if m and m.hour]
        return days + Markup(", ") + "–".join(hours) if hours else days

    def number(self, value: int) -> str:
        """« 20 000 »."""
        return format_decimal(value, locale=self._lang)

    def price(self, asked: PriceFrom) -> str:
        """« 24 € », « 24,50 € »: whole amounts without cents."""
        amount = Decimal(asked.cents).scaleb(-2)
        locale = Locale.parse("en_GB" if self._lang == "en" else self._lang)
        pattern = locale.currency_formats["standard"].pattern
        whole = pattern.replace(".00", "") if asked.cents % 100 == 0 else pattern
        return format_currency(amount, asked.currency, whole, locale, currency_digits=False)

    def class_year(self, year: int) -> Markup:
        """« X1873 », for small capitals."""
        title = str(self._gettext("promotion {year}")).format(year=year)
        return Markup('<abbr class="class-year" title="{}">{}{}</abbr>').format(
            title, self._prefix, year
        )

    def _days(self, first: date, last: date) -> Markup:
        if first == last:
            return self.long_date(first)
        shared = (first.year == last.year) + ((first.year, first.month) == (last.year, last.month))
        opening = {2: "d", 1: "d MMMM", 0: "d MMMM y"}[shared]
        start = self._raised(format_date(first, opening, self._lang))
        joined = self._gettext(" et ") if (last - first).days == 1 else self._gettext(" au ")
        return start + escape(joined) + self.long_date(last)

    def _hour(self, hour: time) -> str:
        pattern = "H'\u00a0h\u00a0'mm" if self._lang == "fr" else "HH:mm"
        return format_time(hour, pattern, locale=self._lang).replace("\u00a000", "")

    def _raised(self, text: str) -> Markup:
        """French writes the first of a month as an ordinal."""
        if self._lang == "fr" and text.split()[0] == "1":
            return Markup("1<sup>er</sup>") + text[1:]
        return escape(text)
