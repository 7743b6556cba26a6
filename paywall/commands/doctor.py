"""`paywall doctor`: says what is wrong, and how to mend it. It changes nothing."""

import argparse
from datetime import UTC, datetime

from paywall.commands.parsing import Commands, add_command
from paywall.commands.terminal import shown
from paywall.doctor.counting import check_counting
from paywall.doctor.files import check_members, check_offers, check_room, check_site
from paywall.doctor.finding import Check, Verdict
from paywall.doctor.network import check_address, check_mail
from paywall.doctor.secrets import check_keys, check_modes
from paywall.doctor.store import check_clock, check_database
from paywall.settings import Settings

CHECKS: tuple[Check, ...] = (
    check_address,
    check_site,
    check_offers,
    check_members,
    check_keys,
    check_modes,
    check_database,
    check_clock,
    check_mail,
    check_counting,
    check_room,
)


def register(commands: Commands) -> None:
    """Add the command."""
    add_command(commands, "doctor", "dire ce qui ne va pas, et comment y remédier", run)


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Look at everything; 1 where anything is wrong."""
    now, status = datetime.now(UTC), 0
    for check in CHECKS:
        for finding in check(settings, now):
            print(f"{finding.verdict:<11} {finding.what:<10} {shown(finding.told)}", flush=True)
            status = status or int(finding.verdict is Verdict.WRONG)
    return status
