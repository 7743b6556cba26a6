"""The `paywall` command: `serve` runs the service, `token` makes an access token."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from paywall.access import one_click_link
from paywall.app import utc_now
from paywall.errors import PaywallError
from paywall.keys import load_keys
from paywall.output import Output
from paywall.paths import local_target
from paywall.server import check_port, serve
from paywall.settings import Settings
from paywall.tokens import ALL_ISSUES, ISSUE_PREFIX, issue_token

MAX_DAYS = 3660
DEMO_LIFETIME = timedelta(hours=12)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.from_env(os.environ)
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
        help="recharger les pages à chaque publication qu’annonce ce fichier (desk serve)",
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
        "--days", type=_days, default=30, metavar="JOURS", help="durée de validité (30)"
    )
    token.add_argument("--link", action="store_true", help="afficher le lien de connexion")
    token.add_argument("--to", default="/", metavar="ADRESSE", help="page où mène le lien (/)")
    return parser


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un numéro, comme 812-lumiere")
    return text


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_DAYS):
        raise argparse.ArgumentTypeError(f"« {text} » : un nombre de jours de 1 à {MAX_DAYS}")
    return int(text)


def _token(settings: Settings, options: argparse.Namespace) -> None:
    grants = [ALL_ISSUES] if options.all else [ISSUE_PREFIX + slug for slug in options.issue]
    lifetime = timedelta(days=options.days)
    token = _issue(settings, grants, lifetime)
    print(_link(settings, token, options.to) if options.link else token)


def _serve(settings: Settings, *, demo: bool) -> None:
    check_port(settings.host, settings.port)
    load_keys(settings.keys)  # before the service starts, so that a refusal is said plainly
    print(f"Le site : {settings.address}/", flush=True)
    if demo:
        token = _issue(settings, [ALL_ISSUES], DEMO_LIFETIME)
        link = _link(settings, token, _gated_page(settings))
        hours = int(DEMO_LIFETIME.total_seconds() // 3600)
        print(f"Abonné de démonstration, en un clic ({hours} h) : {link}", flush=True)
    print("Ctrl-C pour arrêter.", flush=True)
    serve(settings)


def _issue(settings: Settings, grants: Sequence[str], lifetime: timedelta) -> str:
    key = load_keys(settings.keys).newest
    return issue_token(key, settings.address, grants, now=utc_now(), lifetime=lifetime)


def _link(settings: Settings, token: str, target: str) -> str:
    return one_click_link(settings.address, token, local_target(target))


def _gated_page(settings: Settings) -> str:
    """Choose a page that shows what the token opens: the first that is still closed."""
    build = Output(settings.output).current()
    now = utc_now()
    closed = (
        path
        for path, entry in (build.manifest.pages.items() if build else ())
        if entry.opens is None or entry.opens > now
    )
    return min(closed, default="/")
