"""The `paywall` command: `serve` runs the service, `token` makes an access token."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path

from paywall.app import utc_now
from paywall.commands import confirm, orders, reconcile, refund
from paywall.demonstration import DEMO_HOURS, demo_link
from paywall.errors import PaywallError, UnknownIssueError
from paywall.grants import ALL_ISSUES, issue_grant
from paywall.keys import load_keys
from paywall.server import check_port, serve
from paywall.settings import Settings
from paywall.site.output import MANIFEST, Output
from paywall.tokens import MAX_LIFETIME, issue_token

MAX_MINUTES = int(MAX_LIFETIME.total_seconds()) // 60
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_env(os.environ)
        if hasattr(options, "run"):
            status: int = options.run(settings, options)
            return status
        if options.command == "token":
            _token(settings, options)
        else:
            _serve(replace(settings, news=options.development), demo=options.demo)
    except PaywallError as error:
        print(f"paywall : {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paywall", description="Sert le site et ouvre les pages réservées à qui peut les lire."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="commande")
    serving = commands.add_parser("serve", help="servir le site")
    serving.add_argument(
        "--demo",
        action="store_true",
        help="afficher un lien qui connecte un abonné de démonstration",
    )
    serving.add_argument(
        "--development",
        type=Path,
        metavar="FICHIER",
        help="recharger les pages à chaque publication qu’annonce ce fichier, "
        "sans rien afficher (desk serve)",
    )
    token = commands.add_parser("token", help="délivrer un jeton d’accès")
    grants = token.add_mutually_exclusive_group()
    grants.add_argument("--all", action="store_true", help="ouvrir tous les numéros")
    grants.add_argument(
        "--issue",
        action="append",
        default=[],
        type=_slug,
        metavar="NUMÉRO",
        help="ouvrir ce numéro, comme 812-lumiere (répétable) ; sans rien : inscrit seulement",
    )
    token.add_argument(
        "--minutes",
        type=_minutes,
        default=MAX_MINUTES,
        metavar="MINUTES",
        help=f"durée de validité, de 1 à {MAX_MINUTES} minutes ({MAX_MINUTES})",
    )
    for module in (orders, confirm, refund, reconcile):
        module.register(commands)
    return parser


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un numéro, comme 812-lumiere")
    return text


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_MINUTES):
        raise argparse.ArgumentTypeError(f"« {text} » : un nombre de minutes de 1 à {MAX_MINUTES}")
    return int(text)


def _token(settings: Settings, options: argparse.Namespace) -> None:
    _check_issues(settings, options.issue)
    grants = [ALL_ISSUES] if options.all else [issue_grant(slug) for slug in options.issue]
    key = load_keys(settings.keys).newest
    lifetime = timedelta(minutes=options.minutes)
    print(issue_token(key, settings.address, grants, now=utc_now(), lifetime=lifetime))


def _check_issues(settings: Settings, slugs: Sequence[str]) -> None:
    """Refuse an issue that the published site does not gate; without a site, nobody knows."""
    if not slugs or not (settings.output / MANIFEST).exists():
        return
    build = Output(settings.output).current()
    known = {entry.issue for entry in build.manifest.pages.values() if entry.issue} if build else ()
    for slug in slugs if known else ():
        if slug not in known:
            near = " ou ".join(get_close_matches(slug, known, n=2))
            raise UnknownIssueError(
                f"{settings.output / MANIFEST} n’a pas de numéro réservé « {slug} »"
                + (f" (vouliez-vous dire {near} ?)" if near else "")
            )


def _serve(settings: Settings, *, demo: bool) -> None:
    check_port(settings.host, settings.port)
    load_keys(settings.keys)  # before the service starts, so that a refusal is said plainly
    if not settings.news:  # whoever builds beside it tells where it is
        print(f"Le site : {settings.address}/", flush=True)
        if demo:
            link = demo_link(settings)
            print(f"Abonné de démonstration, en un clic ({DEMO_HOURS} h) : {link}", flush=True)
        print("Ctrl-C pour arrêter.", flush=True)
    serve(settings)
