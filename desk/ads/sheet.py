"""A booking in words: what an editor has to have read before approving it."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from plugins.ads.creatives.sizes import has_words
from plugins.ads.flights import Flight
from plugins.magazine.ad_fields import EXCLUSIVE
from plugins.magazine.booking import BookingFields, CreativeFields
from plugins.magazine.messages import spoken_count, spoken_euros, tell

FEW_WORDS = 5

_KINDS = {
    "paid": "annonce payée",
    "house": "annonce de la maison",
    "newsletter-sponsor": "partenaire de la lettre",
    "event-sponsor": "partenaire d’un événement",
}


def sheet(flight: Flight, today: date) -> Iterator[str]:
    """Who, when, what is promised, where, what is shown and where it leads; then what to know."""
    fields = flight.fields
    yield f"{flight.slug} — {fields.advertiser}, {fields.campaign}"
    yield "  " + ", ".join(_order(fields))
    yield "  " + " · ".join(_places(fields))
    for creative in fields.creatives:
        yield "  " + _shown(creative)
    yield "  " + state(flight, today)
    for note in notes(flight):
        yield "  ! " + note


def state(flight: Flight, today: date) -> str:
    """Where a booking stands today, in a few words."""
    fields, approval = flight.fields, flight.fields.approval
    if fields.end < today:
        return tell("finie le {end}", end=fields.end)
    if flight.status == "suspended":
        return tell("suspendue")
    if flight.status == "proposed":
        if fields.status == "approved" and approval:
            return tell("changée depuis son approbation : à approuver de nouveau")
        return tell("proposée, à approuver")
    by = approval.by if approval else ""
    if today < fields.start:
        return tell("approuvée par {by}, commence le {start}", by=by, start=fields.start)
    return tell("approuvée par {by}, en cours", by=by)


def notes(flight: Flight) -> Iterator[str]:
    """What is allowed, and may not be what the advertiser thinks."""
    fields = flight.fields
    if has_words(fields):
        yield tell("sans petit format (300x250, 320x100), le texte seul paraît sur téléphone")
    if fields.type == "paid" and not fields.themes and len(flight.brief.split()) < FEW_WORDS:
        yield tell("ni thème ni mots dans le texte : l’annonce irait n’importe où")
    for link in {c.link for c in fields.creatives if c.link.startswith("http://")}:
        yield tell("{link} : une adresse en https:// serait plus sûre", link=link)


def promise(fields: BookingFields) -> str:
    """What is promised, in words; nothing is of an ad of the house."""
    if fields.goal == EXCLUSIVE:
        return tell("exclusive")
    if fields.goal is None:
        return tell("rien de promis")
    return tell("{n} impressions visibles", n=spoken_count(int(fields.goal)))


def _order(fields: BookingFields) -> Iterator[str]:
    yield tell(_KINDS[fields.type])
    yield tell("du {start} au {end}", start=fields.start, end=fields.end)
    yield promise(fields)
    if fields.daily_cap:
        yield tell("{n} par jour au plus", n=spoken_count(fields.daily_cap))
    if fields.price is not None:
        yield spoken_euros(fields.price)


def _places(fields: BookingFields) -> Iterator[str]:
    yield tell("emplacements : {names}", names=", ".join(fields.placements))
    if fields.events:
        yield tell("événements : {names}", names=", ".join(fields.events))
    if fields.themes:
        yield tell("thèmes : {names}", names=", ".join(fields.themes))
    if fields.excluded_themes:
        yield tell("sauf : {names}", names=", ".join(fields.excluded_themes))
    if not fields.subscribers:
        yield tell("pas dans les textes réservés")


def _shown(creative: CreativeFields) -> str:
    words = f"{creative.headline} — {creative.alt}" if creative.headline else creative.alt
    return f"{creative.size} « {words} » → {creative.link} [{_host(creative.link)}]"


def _host(link: str) -> str:
    """Who is behind a link, letter by letter: a look-alike in another script shows."""
    host = urlsplit(link).hostname
    return host.encode("idna").decode("ascii") if host else tell("la revue")
