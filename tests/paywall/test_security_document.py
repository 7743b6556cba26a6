"""`docs/security.md`: what it names exists, and no requirement is left out."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from paywall_process import REPOSITORY

from paywall.accounts import address_change, retention, sign_in
from paywall.accounts.sessions import IDLE, LIFETIME
from paywall.ads import batch, beacon, log, rates, replays
from paywall.store.schema import Table
from paywall.views import asked, buying, changes, orders

DOCUMENT = (REPOSITORY / "docs" / "security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", DOCUMENT)))

LEVELS_1_AND_2 = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
    "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
"""Section of ASVS 5.0.0 → how many requirements: in each, those of level 3 come last."""


@cache
def defined_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_every_test_that_is_named_exists(file: str, test: str) -> None:
    assert (REPOSITORY / file).is_file()
    assert not test or test in defined_in(REPOSITORY / file)


def test_every_requirement_of_levels_1_and_2_has_one_line() -> None:
    wanted = [f"{name}.{n}" for name, count in LEVELS_1_AND_2.items() for n in range(1, count + 1)]
    _, _, table = DOCUMENT.partition("## OWASP ASVS")
    rows = re.findall(r"^\| ((?:\d+\.\d+\.\d+(?:, )?)+) \|", table, re.MULTILINE)
    found = [number for row in rows for number in row.split(", ")]
    assert sorted(found) == sorted(wanted)
    assert len(found) == 253


def test_every_table_is_in_the_list_of_data() -> None:
    _, _, data = DOCUMENT.partition("## Data")
    held = data.partition("## Limits")[0]
    missing = {
        table.name for table in Table.metadata.sorted_tables if f"`{table.name}`" not in held
    }
    assert missing == {"subscription", "pause"}  # they hold no person: periods say what was paid


def test_the_figures_are_those_of_the_code() -> None:
    assert (retention.KEPT.days, retention.SIGN_INS_KEPT.days) == (30, 31)
    assert retention.MESSAGES_KEPT.days == 90
    assert (LIFETIME.days, IDLE.days) == (365, 90)
    both, hour, day = sign_in.BY_BOTH, sign_in.BY_ADDRESS, sign_in.BY_ADDRESS_A_DAY
    assert (both.times, hour.times, day.times, sign_in.BY_NETWORK.times) == (10, 20, 60, 60)
    assert (sign_in.BY_SITE.times, sign_in.CODES_BY_SITE.times) == (600, 1000)
    assert (sign_in.TRIES, sign_in.CODES_BY_ADDRESS.times) == (8, 40)
    assert (address_change.BY_READER.times, address_change.BY_NEW.times) == (5, 5)
    assert (buying.ORDERS.times, changes.CHANGES.times, orders.QUESTIONS.times) == (20, 30, 60)
    assert (rates.POSSIBLE, rates.REFUSED, rates.MAX_NETWORKS) == (120, 600, 50_000)
    assert (batch.MAX_BYTES, batch.MAX_EVENTS, beacon.BODY_SECONDS) == (4096, 32, 10.0)
    assert (log.MAX_DAY_BYTES, log.RESERVE_BYTES) == (1_000_000_000, 200_000_000)
    assert replays.BYTES == 16 * 2**20
    assert (asked.MAX_BODY_BYTES, asked.BODY_SECONDS) == (16 * 1024, 30.0)
