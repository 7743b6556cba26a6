"""`paywall ads compact`, as cron types it."""

from datetime import date

import msgspec
from campaign_log import FIRST, Log, inventory
from office import Office


def office_log(office: Office) -> Log:
    (office.folder / "output").mkdir()
    (office.folder / "output/ads.json").write_bytes(msgspec.json.encode(inventory()))
    return Log(office.var / "events")


def test_what_was_compacted_is_told_day_by_day(bare_office: Office) -> None:
    log = office_log(bare_office).add(date(2025, 1, 1), 1).add(date(2025, 1, 2), 12)
    log.write(date(2025, 1, 2), b'{"hour":')
    ran = bare_office.process("ads", "compact")
    assert (ran.status, ran.printed) == (
        0,
        "2025-01-01 : 1 événement\n2025-01-02 : 12 événements, 1 ligne illisible laissée\n",
    )
    assert sorted(path.suffix for path in log.folder.iterdir()) == [".parquet", ".parquet"]


def test_doing_it_twice_or_before_anything_was_counted_is_no_error(bare_office: Office) -> None:
    """Not even before a build."""
    for _ in range(2):
        ran = bare_office.run("ads", "compact")
        assert (ran.status, ran.printed) == (
            0,
            "Rien à compacter : les jours passés le sont déjà.\n",
        )


def test_days_that_cannot_be_are_told_in_one_line(bare_office: Office) -> None:
    log = office_log(bare_office).add(FIRST.replace(year=2025), 4)
    (log.folder / "2025-11-01.parquet").write_bytes(b"PAR1")
    assert "journal des événements" in bare_office.run("ads", "compact").refusal
    assert (log.folder / "2025-11-01.jsonl").exists()
