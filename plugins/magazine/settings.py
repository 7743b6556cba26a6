"""The magazine's settings, from Pelican's: typed, with defaults, unknown keys refused."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import Any, ClassVar, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from plugins.magazine.messages import tell
from plugins.magazine.parts import Wear
from plugins.magazine.problems import did_you_mean

InterfaceLang = Literal["fr", "en"]

_OPTIONAL_PLACES = {"issue"}
"""What an address may do without, as long as no two articles have one name."""

_TEXTS = frozenset({
    "tagline", "description", "publisher", "email", "content_lang", "class_prefix",
})  # fmt: skip


class SettingsError(ValueError):
    """A setting that cannot be used."""


@dataclass(frozen=True, slots=True)
class Urls:
    """The address of every page kind, the one place where addresses are made.

    Those of class level are fixed: the service and every gate know them.
    """

    home: ClassVar[str] = "/"
    access: ClassVar[str] = "/acces/"
    sign_in: ClassVar[str] = "/connexion/"
    account: ClassVar[str] = "/compte/"
    book: ClassVar[str] = "/annonceurs/reserver/"
    not_found: ClassVar[str] = "/404.html"
    archive: str = "/numeros/"
    issue: str = "/numeros/{slug}/"
    issue_article: str = "/numeros/{issue}/{slug}/"
    articles: str = "/articles/"
    article: str = "/articles/{slug}/"
    section: str = "/rubriques/{slug}/"
    theme: str = "/themes/{slug}/"
    themes: str = "/themes/"
    people: str = "/personnes/"
    person: str = "/personnes/{slug}/"
    class_years: str = "/promotions/"
    class_year: str = "/promotions/{year}/"
    nominations: str = "/carnet/"
    nominations_kind: str = "/carnet/nominations/"
    honours_kind: str = "/carnet/distinctions/"
    nominations_year: str = "/carnet/{year}/"
    research_index: str = "/recherche/"
    research: str = "/recherche/{slug}/"
    events: str = "/agenda/"
    event: str = "/agenda/{slug}/"
    page: str = "/{slug}/"
    search: str = "/chercher/"
    subscribe: str = "/abonnement/"
    buy_issue: str = "/abonnement/numero/{slug}/"
    numbered: str = "page/{number}/"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the magazine is called and how it is set. Addresses end with a slash."""

    name: str
    site_url: str
    content: Path
    theme: Path
    cache: Path
    now: datetime
    timezone: ZoneInfo
    urls: Urls
    tagline: str = ""
    description: str = ""
    publisher: str = ""
    email: str = ""
    interface_lang: InterfaceLang = "fr"
    content_lang: str = "fr"
    class_prefix: str = "X"
    odd_wear: Wear = "jaune"
    per_page: int = 24
    footer: tuple[str, ...] = ("a-propos", "mentions-legales", "confidentialite", "annonceurs")

    @classmethod
    def from_pelican(cls, pelican: Mapping[str, Any], environ: Mapping[str, str]) -> "Settings":
        """Read ``SITENAME``, ``SITEURL``, ``TIMEZONE``, ``MAGAZINE`` and ``URLS``."""
        zone = _zone(pelican.get("TIMEZONE") or "Europe/Paris")
        given = _magazine(pelican.get("MAGAZINE", {}))
        base = cls(
            name=_text("SITENAME", pelican["SITENAME"]),
            site_url=_text("SITEURL", pelican["SITEURL"]).rstrip("/"),
            content=Path(pelican["PATH"]),
            theme=Path(pelican["THEME"]),
            cache=Path(pelican["CACHE_PATH"]),
            now=_clock(environ).astimezone(zone),
            timezone=zone,
            urls=_urls(pelican.get("URLS", {})),
        )
        return replace(base, **given)

    def __post_init__(self) -> None:
        """Refuse a value that no page could be made with."""
        allowed = {"interface_lang": get_args(InterfaceLang), "odd_wear": get_args(Wear)}
        refused = [
            (name, values) for name, values in allowed.items() if self._of(name) not in values
        ]
        if type(self.per_page) is not int or self.per_page < 1:
            refused.append(("per_page", ("1", "2", "…")))
        message = "MAGAZINE : {key} : « {given} » n’est pas permis ; au choix : {expected}"
        lines = [
            tell(message, key=name, given=self._of(name), expected=", ".join(values))
            for name, values in refused
        ]
        if lines:
            raise SettingsError("\n".join(lines))

    def _of(self, name: str) -> Any:
        return getattr(self, name)

    def wear_of(self, number: int) -> Wear:
        """The colour of a class year or an issue, by parity."""
        other: Wear = "rouge" if self.odd_wear == "jaune" else "jaune"
        return self.odd_wear if number % 2 else other


def _clock(environ: Mapping[str, str]) -> datetime:
    """The moment the build speaks for; ``SOURCE_DATE_EPOCH`` (seconds, UTC) fixes it."""
    fixed = environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)


def _zone(given: object) -> ZoneInfo:
    name = _text("TIMEZONE", given)
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:  # a folder, a path, no zone
        message = "TIMEZONE : fuseau horaire inconnu « {given} »"
        near = did_you_mean(name, available_timezones())
        raise SettingsError(tell(message, given=name) + near) from error


def _text(name: str, given: object) -> str:
    if not isinstance(given, str):
        message = "{setting} : il faut un texte, pas {given}"
        raise SettingsError(tell(message, setting=name, given=repr(given)))
    return given


def _magazine(given: object) -> Mapping[str, Any]:
    known = known_keys(Settings, "MAGAZINE", given)
    for key in sorted(_TEXTS & known.keys()):
        _text(f"MAGAZINE[{key!r}]", known[key])
    footer = known.get("footer", ())
    if not isinstance(footer, list | tuple) or not all(isinstance(slug, str) for slug in footer):
        message = "MAGAZINE['footer'] : il faut une liste de textes, pas {given}"
        raise SettingsError(tell(message, given=repr(footer)))
    return known


def _urls(given: object) -> Urls:
    """Addresses, each with the places that make it one of many."""
    known, usual = known_keys(Urls, "URLS", given), Urls()
    wrong = [line for key in known for line in _wrong_address(key, known[key], getattr(usual, key))]
    if wrong:
        raise SettingsError("\n".join(wrong))
    return replace(usual, **known)


def _wrong_address(key: str, given: object, usual: str) -> Iterator[str]:
    text = _text(f"URLS[{key!r}]", given)
    named, places = _places(text), _places(usual) or set()
    values = {"key": key, "given": text}
    if named is None or named - places:
        expected = ", ".join(f"{{{place}}}" for place in sorted(places)) or tell("aucun")
        message = "URLS : {key} : « {given} » : entre accolades, au choix : {expected}"
        yield tell(message, **values, expected=expected)
        return
    for place in sorted(places - named - _OPTIONAL_PLACES):
        yield tell("URLS : {key} : il manque {place} à « {given} »", **values, place=f"{{{place}}}")
    if not text.endswith("/") or text.startswith("/") != usual.startswith("/"):
        message = "URLS : {key} : « {given} » doit s’écrire comme {usual}, barres comprises"
        yield tell(message, **values, usual=usual)


def _places(pattern: str) -> set[str] | None:
    """What stands between braces; ``None`` where they do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError:
        return None


def known_keys(model: type, name: str, given: object) -> Mapping[str, Any]:
    """A setting that is a dictionary of a model's fields; raises ``SettingsError`` for others."""
    if not isinstance(given, Mapping):
        message = "{setting} : il faut un dictionnaire, {{…}}, pas {given}"
        raise SettingsError(tell(message, setting=name, given=repr(given)))
    known = {field.name for field in fields(model)}
    unknown = [
        tell("{setting} : réglage inconnu « {key} »", setting=name, key=key)
        + did_you_mean(key, known)
        for key in sorted(map(str, given.keys() - known))
    ]
    if unknown:
        raise SettingsError("\n".join(unknown))
    return given


def from_pelican(pelican: Mapping[str, Any]) -> Settings:
    """The settings of this build, with the environment read here and nowhere else."""
    return Settings.from_pelican(pelican, os.environ)
