"""What ads are counted with: the build's key, the log, the plan."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from paywall.ads.counting import read_key
from paywall.ads.plan_file import Plan
from paywall.doctor.finding import Finding, good, note, wrong
from paywall.errors import KeyFileError
from paywall.settings import Settings

_LATE = timedelta(hours=3)
"""A plan as old as that: the hourly ones are not made; a daily one may be meant."""


def check_counting(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether views and clicks can be written down, where the site has ads."""
    if not (settings.output / "ads.json").exists():
        yield note("publicité", "le site publié n’en compte pas")
        return
    try:
        read_key(settings.var / "ads.key")
    except FileNotFoundError:
        yield wrong("publicité", f"pas de {settings.var}/ads.key : celle du build, à y mettre")
    except (OSError, KeyFileError) as error:
        yield wrong("publicité", f"rien n’est compté : {error}")
    else:
        yield _plan(settings, now)


def _plan(settings: Settings, now: datetime) -> Finding:
    file = settings.var / "ads" / "plan.json"
    if not file.exists():
        return note("publicité", "comptée ; pas encore de plan : le choix du build tient")
    try:
        plan = msgspec.json.decode(file.read_bytes(), type=Plan)
    except (OSError, ValueError) as error:
        return wrong("publicité", f"{file} illisible : {error} : paywall ads plan")
    if plan.until is not None and plan.until < now:
        return wrong("publicité", f"plan périmé depuis le {plan.until:%Y-%m-%d} : paywall ads plan")
    if plan.made_at is not None and plan.made_at + _LATE < now:
        return note("publicité", f"comptée ; le plan est du {plan.made_at:%Y-%m-%d à %H:%M} UTC")
    return good("publicité", "comptée, selon un plan du jour")
