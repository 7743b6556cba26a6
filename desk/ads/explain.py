"""``desk ads explain``: why a page carries the ads that it does, and others not."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from desk.command import add_command, add_settings
from desk.settings import read_settings
from plugins.ads.bookings import flights_of
from plugins.ads.flights import Flight
from plugins.ads.matching import Explanation, Match, Matching
from plugins.ads.sensitive.judge import judge_in
from plugins.magazine.edition import Edition, read_edition
from plugins.magazine.messages import spoken_score, tell
from plugins.magazine.page import Page
from plugins.magazine.problems import ContentError, did_you_mean
from plugins.magazine.schema import ArticleFields
from plugins.magazine.settings import SettingsError

_REFUSALS = {
    "placement": "cet emplacement n’est pas réservé",
    "event": "réservée à d’autres rendez-vous",
    "tier": "pas pour les abonnés, qui voient cette page",
    "theme": "aucun de ses thèmes",
    "excluded-theme": "un thème qu’elle exclut",
    "sensitive": "texte sensible",
}


_CLASSES = {
    "accident": "accident",
    "death": "mort",
    "war": "guerre",
    "illness": "maladie",
    "crime": "crime",
    "disaster": "catastrophe",
    "violence": "violence",
    "terrorism": "terrorisme",
    "suicide": "suicide",
    "addiction": "addiction",
    "adult": "sexualité",
    "discrimination": "discrimination",
}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``explain``."""
    explain = add_command(
        commands, "explain", tell("dire pourquoi une page porte telles publicités, et pas d’autres")
    )
    explain.add_argument(
        "page",
        metavar=tell("PAGE"),
        help=tell("son adresse, /articles/un-pont/, ou le fichier de son texte"),
    )
    add_settings(explain)
    explain.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Explain both renderings of a page; the exit status."""
    try:
        edition = read_edition(read_settings(options.settings))
    except (SettingsError, ContentError) as error:
        print(error, file=sys.stderr)
        return 1
    pages = pages_of(options.page, edition)
    if not pages:
        near = did_you_mean(options.page, (page.url for page in edition.pages))
        print(tell("{page} : aucune page à cette adresse", page=options.page) + near)
        return 1
    flights = flights_of(edition.graph)
    matching = Matching(flights, edition, judge=judge_in(edition.settings.content_lang))
    for page in pages:
        print("\n".join(lines(page, matching.explain(page))))
    for flight in flights:
        if not flight.runs(matching.today) and not flight.comes(matching.today):
            print("    " + tell("{slug} : {why}", slug=flight.slug, why=_absence(flight)))
    return 0


def pages_of(asked: str, edition: Edition) -> list[Page]:
    """The pages at an address, whole or not, or about a text of the content folder."""
    content = edition.settings.content.resolve()
    for file in (Path(asked).resolve(), (content / asked).resolve()):
        inside = file.relative_to(content).as_posix() if file.is_relative_to(content) else ""
        if node := edition.node_at.get(inside):
            return [page for page in edition.pages if page.about is node]
    path = unquote(urlsplit(asked).path).strip("/")
    return [page for page in edition.pages if page.url.strip("/") == path]


def _why_none(page: Page) -> str:
    fields = page.about.fields if page.about else None
    if isinstance(fields, ArticleFields):
        if fields.advertorial:
            return tell("c’est un communiqué")
        return tell("c’est une nécrologie") if fields.genre == "obituary" else "ads: none"
    return tell("les pages de cette sorte n’en portent pas")


def lines(page: Page, found: Explanation) -> Iterator[str]:
    """What decided for one page."""
    tier = tell("abonnés") if page.tree == "members" else tell("tout le monde")
    yield f"{page.url} ({tier})"
    if not page.placement:
        yield "  " + tell("Cette page ne porte aucune publicité : {why}.", why=_why_none(page))
        return
    themes = ", ".join(sorted(page.themes)) or tell("aucun")
    place = tell("Emplacement : {place} ; thèmes : {themes}", place=page.placement, themes=themes)
    yield f"  {place}"
    if found.sensitive:
        words = ", ".join(found.sensitive_words)
        message = "Texte sensible ({kind} : {words}) : aucune publicité payante."
        yield "  " + tell(message, kind=tell(_CLASSES[found.sensitive]), words=words)
    yield from _listed(tell("Elle porte, de la plus proche à la plus lointaine :"), found.carried)
    carried = {match.flight.slug for match in found.carried}
    others = [match for match in found.suiting if match.flight.slug not in carried]
    yield from _listed(tell("Conviendraient aussi, maintenant ou à leur date :"), others)
    if found.refused:
        yield "  " + tell("Écartées :")
    for refused in found.refused:
        why = tell(_REFUSALS[refused.why])
        yield "    " + tell("{slug} : {why}", slug=refused.flight.slug, why=why)


def _listed(heading: str, matches: "list[Match] | tuple[Match, ...]") -> Iterator[str]:
    if matches:
        yield f"  {heading}"
    for match in matches:
        name = f"{match.flight.slug} ({spoken_score(match.score)})"
        yield "    " + tell("{slug} : {why}", slug=name, why=_reason(match))


def _reason(match: Match) -> str:
    reason = match.reason
    said = []
    if reason.themes:
        said.append(tell("thèmes : {found}", found=", ".join(reason.themes)))
    if reason.words:
        said.append(tell("mots : {found}", found=", ".join(reason.words)))
    if reason.subjects:
        said.append(tell("sujets : {found}", found=", ".join(reason.subjects)))
    return " ; ".join(said) or tell("rien de commun")


def _absence(flight: Flight) -> str:
    if flight.status == "approved":
        return tell("terminée")
    return tell("suspendue") if flight.status == "suspended" else tell("pas approuvée")
