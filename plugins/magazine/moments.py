"""The moments to come at which time alone changes what pages say.

Whatever reads ``settings.now`` has its moments here, or adds its own to the plan (ads do).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plugins.magazine.compose.cards import is_over
from plugins.magazine.dates import Moment
from plugins.magazine.edition import Edition


def moments(edition: Edition) -> Iterator[datetime]:
    """When a closed text opens or has another price, an event has passed, a date's year ends."""
    settings = edition.settings
    for article in edition.graph.articles:
        if article.gate.opens and article.gate.is_closed(settings.now):
            yield article.gate.opens
    for event in edition.graph.events:
        if not is_over(event, settings.now):
            yield end_of(event.fields.end or event.fields.start, settings.timezone)
    if any(article.gate.is_closed(settings.now) for article in edition.graph.articles):
        yield from edition.offers.moments(settings.now)
    if settings.email:  # security.txt holds to the end of next year
        yield midnight(date(settings.now.year + 1, 1, 1), settings.timezone)


def end_of(moment: Moment, zone: ZoneInfo) -> datetime:
    """When a moment is over: a day without an hour is when the next one begins."""
    if moment.hour:
        return moment.at.replace(tzinfo=zone).astimezone(UTC)
    return midnight(moment.day + timedelta(days=1), zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins in a place."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
