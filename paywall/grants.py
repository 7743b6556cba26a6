"""What a token's grants say, and what they entitle to.

`all`; `issue:<slug>`, bought; `published:<first>/<last>`, what was published in a period (an
ISO 8601 interval of days, both included); `no-ads`, full texts come without. A subscription that
ran for years has hundreds of issues: their slugs would not fit a cookie, its first and last day do.
"""

import re
from collections.abc import Iterable
from datetime import date

from paywall.gate import Entitlement, Period

ALL_ISSUES = "all"
NO_ADS = "no-ads"
ISSUE_PREFIX = "issue:"

# Written one way only: `date.fromisoformat` would take 20260301 and 2026-W09-7 as well.
_DAY = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_PERIOD = re.compile(f"published:{_DAY}/{_DAY}")


def issue_grant(slug: str) -> str:
    """Grant one issue."""
    return ISSUE_PREFIX + slug


def period_grant(first: date, last: date) -> str:
    """Grant what was published from one day to another, both included."""
    return f"published:{first.isoformat()}/{last.isoformat()}"


def entitlement_of(grants: Iterable[str]) -> Entitlement:
    """Translate grants; one that this version does not understand gives nothing."""
    issues, periods, all_issues, ads = set(), [], False, True
    for grant in grants:
        if grant == ALL_ISSUES:
            all_issues = True
        elif grant == NO_ADS:
            ads = False
        elif grant.startswith(ISSUE_PREFIX):
            issues.add(grant.removeprefix(ISSUE_PREFIX))
        elif period := _period(grant):
            periods.append(period)
    return Entitlement(
        signed_in=True,
        all_issues=all_issues,
        issues=frozenset(issues - {""}),
        periods=tuple(periods),
        ads=ads,
    )


def _period(grant: str) -> Period | None:
    written = _PERIOD.fullmatch(grant)
    if written is None:
        return None
    try:
        first, last = map(date.fromisoformat, written.groups())
    except ValueError:  # no such day
        return None
    return (first, last) if first <= last else None
