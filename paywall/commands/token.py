"""`paywall token`: signs an access token."""

import argparse
import re
from collections.abc import Sequence
from datetime import timedelta
from difflib import get_close_matches

from paywall.app import utc_now
from paywall.commands.parsing import Commands, add_command
from paywall.errors import UnknownIssueError
from paywall.grants import ALL_ISSUES, issue_grant
from paywall.keys import load_keys
from paywall.settings import Settings
from paywall.site.output import MANIFEST, Output
from paywall.tokens import MAX_LIFETIME, issue_token

MAX_MINUTES = int(MAX_LIFETIME.total_seconds()) // 60
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def register(commands: Commands) -> None:
    """Add the command."""
    token = add_command(commands, "token", "délivrer un jeton d’accès", run)
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


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Print a token, alone."""
    _check_issues(settings, options.issue)
    grants = [ALL_ISSUES] if options.all else [issue_grant(slug) for slug in options.issue]
    key = load_keys(settings.keys).signing
    lifetime = timedelta(minutes=options.minutes)
    print(issue_token(key, settings.address, grants, now=utc_now(), lifetime=lifetime))
    return 0


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un numéro, comme 812-lumiere")
    return text


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_MINUTES):
        raise argparse.ArgumentTypeError(f"« {text} » : un nombre de minutes de 1 à {MAX_MINUTES}")
    return int(text)


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
