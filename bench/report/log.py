"""Writes an event log of any size, and the inventory that goes with it, straight by SQL."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import sin
from pathlib import Path

import duckdb
import msgspec

from paywall.ads.inventory import Creative, Flight, Inventory, PageAds, Theme

PAGES, SLOTS, LASTS_DAYS, DAYS, THEMES = 20_000, 24, 60, 365, 40
_DAY = timedelta(days=1)
_QUERY = Path(__file__).with_name("day.sql").read_text("utf-8")
_ISSUE_EVERY_DAYS = 30
_CREATIVES = ("970x250", "300x250")


def write_log(folder: Path, events: int, last: date) -> None:
    """A year of days that ends with `last`: Parquet, but the last one, which is lines.

    Days that were written before are kept: the same numbers give the same events.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / f"{last}.parquet").unlink(missing_ok=True)  # a measurement compacted it
    counts = shared_out(events, [_weight(n) for n in range(DAYS)])
    with duckdb.connect() as db:
        for number, count in enumerate(counts):
            day = last - (DAYS - 1 - number) * _DAY
            form = "FORMAT json" if day == last else "FORMAT parquet, COMPRESSION zstd"
            path = folder / f"{day}.{'jsonl' if day == last else 'parquet'}"
            if path.exists():
                continue
            given = {
                "day": day, "number": number, "events": count,
                "pages": PAGES, "slots": SLOTS, "lasts": LASTS_DAYS,
            }  # fmt: skip
            aside = path.with_suffix(".new")
            db.execute(f"COPY ({_QUERY}) TO '{aside}' ({form})", given)
            aside.chmod(0o600)
            aside.rename(path)


def shared_out(events: int, weights: Sequence[float]) -> Iterator[int]:
    """So many events a day, in proportion; together exactly as many as asked for."""
    done, passed, whole = 0, 0.0, sum(weights)
    for weight in weights:
        passed += weight
        until = round(events * passed / whole)
        yield until - done
        done = until


def _weight(number: int) -> float:
    """Weekends are quiet, summers too; an issue brings three times as many readers, for a week."""
    week = 0.6 if number % 7 in {5, 6} else 1.0
    season = 1 + 0.2 * sin(number / 58)
    issue = 1 + 3 * max(0.0, 1 - (number % _ISSUE_EVERY_DAYS) / 7)
    return week * season * issue


def flights(last: date) -> dict[str, Flight]:
    """The flights of the log: a slot's follow each other."""
    first = last - (DAYS - 1) * _DAY
    found = {}
    for slot in range(SLOTS):
        ahead = slot * LASTS_DAYS // SLOTS
        for turn in range((DAYS - 1 + ahead) // LASTS_DAYS + 1):
            begins = first + (turn * LASTS_DAYS - ahead) * _DAY
            found[f"campagne-{slot}-{turn}"] = _flight(slot, begins)
    return found


def _flight(slot: int, begins: date) -> Flight:
    creatives = tuple(Creative(size, "Un objet", "", "https://example.org/") for size in _CREATIVES)
    return Flight(
        advertiser=f"Annonceur {slot} (annonceur fictif)",
        campaign=f"Campagne {slot}",
        kind="paid",
        status="approved",
        start=begins,
        end=begins + (LASTS_DAYS - 1) * _DAY,
        goal=1_000_000,
        exclusive=False,
        daily_cap=None,
        price_cents=None,
        placements=("list",) if slot % 3 == 2 else ("article",),
        themes=tuple(f"theme-{(slot + n) % THEMES}" for n in range(4)),
        excluded_themes=(),
        subscribers=True,
        creatives=creatives,
    )


def write_inventory(output: Path, last: date) -> None:
    """`ads.json` of the pages that the log is about."""
    pages = tuple(
        PageAds(
            f"/articles/{n}/", "public", f"Article {n}", "article",
            (f"theme-{n % THEMES}", f"theme-{n * 7 % THEMES}"), None, None, (), (),
        )
        for n in range(1, PAGES + 1)
    )  # fmt: skip
    themes = {f"theme-{n}": Theme(f"Thème {n}", ()) for n in range(THEMES)}
    written = Inventory(1, "Revue", "https://revue.example", "UTC", themes, flights(last), pages)
    output.mkdir(parents=True, exist_ok=True)
    (output / "ads.json").write_bytes(msgspec.json.encode(written))
