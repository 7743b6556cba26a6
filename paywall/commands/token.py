"""`paywall token`: signs an access token."""

import argparse
import re
from collections.abc import Sequence
from datetime import timedelta
from difflib import get_close_matches

from paywall.access import one_click_link
from paywall.commands.parsing import Commands, add_command
from paywall.demonstration import sign_token
from paywall.errors import UnknownIssueError
from paywall.settings import Settings
from paywall.site.output import MANIFEST, Output
from paywall.site.paths import local_target
from paywall.tokens import ALL_ISSUES, ISSUE_PREFIX

MAX_DAYS = 3660
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
        "--days", type=_days, default=30, metavar="JOURS", help="durée de validité (30)"
    )
    token.add_argument("--link", action="store_true", help="afficher le lien de connexion")
    token.add_argument(
        "--to", type=_target, metavar="ADRESSE", help="page où mène le lien de --link (/)"
    )
    token.set_defaults(error=token.error)


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Print a token, or the link that signs in with it."""
    if options.to and not options.link:
        options.error("--to dit où mène le lien : il faut --link aussi")
    _check_issues(settings, options.issue)
    grants = [ALL_ISSUES] if options.all else [ISSUE_PREFIX + slug for slug in options.issue]
    token = sign_token(settings, grants, timedelta(days=options.days))
    target = local_target(options.to or "/")
    print(one_click_link(settings.address, token, target) if options.link else token)
    return 0


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un numéro, comme 812-lumiere")
    return text


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_DAYS):
        raise argparse.ArgumentTypeError(f"« {text} » : un nombre de jours de 1 à {MAX_DAYS}")
    return int(text)


def _target(text: str) -> str:
    if local_target(text) == "/" != text:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une page du site, comme /numeros/")
    return text


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
