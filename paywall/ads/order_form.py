"""The form in which an advertiser orders: each answer checked, all that is wrong told at once."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from paywall.accounts.addresses import AddressError, normalised
from paywall.ads.ordering import Order
from paywall.errors import PaywallError
from paywall.words import say

PLACEMENTS = ("article", "home", "list")
SIZES = ("970x250", "728x90", "300x250", "320x100", "text")
THEME_FIELDS = ("theme1", "theme2", "theme3", "theme4")
EXCLUDED_FIELDS = ("sauf1", "sauf2", "sauf3")
FIELDS = frozenset({
    "annonceur", "campagne", "courriel", "debut", "fin", "promesse", "nombre", "lien", "texte",
    "titre", "mots", "reserves", *THEME_FIELDS, *EXCLUDED_FIELDS,
    *(f"place-{name}" for name in PLACEMENTS), *(f"format-{size}" for size in SIZES),
})  # fmt: skip
LONGEST = timedelta(days=366)
MOST_IMPRESSIONS = 1_000_000_000
NAME, HEADLINE, ALT, LINK, BRIEF = 80, 60, 200, 2_000, 2_000
"""How many characters each may have: the build's own limits."""

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
_NO_WORDS = re.compile(r"[^\w\s.,;:!?’'«»()/&%+-]")
_RULE = re.compile(r"^\W+$", re.MULTILINE)
"""A line without words: Markdown might make a heading or a rule of it."""

T = TypeVar("T")


class WrongError(PaywallError):
    """A field that cannot be taken; the message is for whoever typed it."""


@dataclass(slots=True)
class OrderForm:
    """What was typed, and what is wrong with it by field."""

    typed: Mapping[str, str]
    themes: Mapping[str, str]
    """Slugs and names."""
    today: date
    language: str
    wrong: dict[str, str] = field(default_factory=dict)

    def order(self) -> Order | None:
        """The order, if nothing is wrong."""
        start = self._take("debut", self._day)
        goal, placements = self._take("nombre", self._goal), self._ticked("place", PLACEMENTS)
        order = Order(
            advertiser=self._take("annonceur", partial(self._line, NAME)) or "",
            campaign=self._take("campagne", partial(self._line, NAME)) or "",
            email=self._take("courriel", self._email) or "",
            start=start or self.today,
            end=self._take("fin", partial(self._end, start or self.today)) or self.today,
            goal=goal or None,
            placements=placements,
            themes=self._themes(THEME_FIELDS),
            excluded=self._themes(EXCLUDED_FIELDS),
            subscribers="reserves" in self.typed,
            sizes=self._ticked("format", SIZES),
            headline=self._take("titre", self._headline) or "",
            alt=self._take("texte", partial(self._line, ALT)) or "",
            link=self._take("lien", self._link) or "",
            brief=self._take("mots", self._brief) or "",
        )
        if both := {*order.themes} & {*order.excluded}:
            self.wrong["sauf1"] = say(
                self.language,
                "« {name} » est voulu et exclu à la fois.",
                name=self.themes[min(both)],
            )
        return None if self.wrong else order

    def _take(self, name: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(self.typed.get(name, "").strip())
        except WrongError as error:
            self.wrong[name] = str(error)
            return None

    def _line(self, longest: int, text: str) -> str:
        if not text:
            raise WrongError(say(self.language, "Il manque une réponse."))
        if len(text) > longest:
            message = say(self.language, "Trop long : {most} signes au plus.", most=longest)
            raise WrongError(message)
        if any(unicodedata.category(sign) in _HIDDEN for sign in text):
            raise WrongError(say(self.language, "Un signe ne se voit pas : retapez ce texte."))
        return text

    def _email(self, text: str) -> str:
        try:
            return normalised(text)
        except AddressError as error:
            message = say(self.language, "Cette adresse n’est pas complète : vérifiez-la.")
            raise WrongError(message) from error

    def _day(self, text: str) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise WrongError(say(self.language, "Une date comme 2027-03-01.")) from error
        if not self.today <= day <= self.today + LONGEST:
            raise WrongError(say(self.language, "Un jour à venir, d’ici un an."))
        return day

    def _end(self, start: date, text: str) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise WrongError(say(self.language, "Une date comme 2027-03-01.")) from error
        if not start <= day <= start + LONGEST:
            raise WrongError(say(self.language, "Après le début, et un an après au plus."))
        return day

    def _goal(self, text: str) -> int:
        """Zero for an exclusive campaign."""
        if self.typed.get("promesse") == "exclusive":
            return 0
        digits = re.sub(r"\s", "", text)
        if not re.fullmatch(r"[0-9]{1,10}", digits) or not 0 < int(digits) <= MOST_IMPRESSIONS:
            raise WrongError(say(self.language, "Un nombre d’impressions, comme 20000."))
        return int(digits)

    def _ticked(self, group: str, names: tuple[str, ...]) -> tuple[str, ...]:
        ticked = tuple(name for name in names if f"{group}-{name}" in self.typed)
        if not ticked:
            self.wrong[group] = say(self.language, "Cochez-en au moins un.")
        return ticked

    def _themes(self, names: tuple[str, ...]) -> tuple[str, ...]:
        chosen = dict.fromkeys(filter(None, (self.typed.get(name, "") for name in names)))
        if not self.themes.keys() >= chosen.keys():
            self.wrong[names[0]] = say(self.language, "Choisissez dans la liste.")
            return ()
        return tuple(chosen)

    def _headline(self, text: str) -> str:
        """Asked for by a text, which has nothing else to be seen by."""
        return self._line(HEADLINE, text) if text or "format-text" in self.typed else ""

    def _link(self, text: str) -> str:
        try:
            parts = urlsplit(self._line(LINK, text))
            host, _ = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
        except ValueError:
            parts, host = urlsplit(""), ""
        is_plain = not any(sign.isspace() or sign in '\\"<>`' for sign in text)
        is_whole = text.startswith("https://") and _HOST.fullmatch(host) and "@" not in parts.netloc
        if not is_plain or not is_whole:
            raise WrongError(say(self.language, "Une adresse qui commence par https://."))
        return text

    def _brief(self, text: str) -> str:
        """Words, without what Markdown or HTML would make something of."""
        if len(text) > BRIEF:
            raise WrongError(say(self.language, "Trop long : {most} signes au plus.", most=BRIEF))
        words = _RULE.sub("", _NO_WORDS.sub(" ", text))
        return "\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip())
