"""`paywall migrate --from`: everything of one database, into another of either kind."""

import pytest
from office import Office

from paywall.store.schema import Change, Reader


@pytest.fixture
def moving(office: Office, store_url: str) -> tuple[Office, str]:
    """An office with a reader, what was given, and its audit log, that names a new database."""
    office.run("subscribers", "add", "carnot@exemple.fr", "--plan", "print", "--from", "2026-01-01")
    assert office.run("grant", "carnot@exemple.fr", "--until", "2099-12-31").status == 0
    old = office.settings.database
    office.environ["DATABASE_URL"] = store_url
    return office, old


def test_everything_is_copied_and_new_rows_are_numbered_on(moving: tuple[Office, str]) -> None:
    office, old = moving
    office.environ["DATABASE_URL"], new = old, office.environ["DATABASE_URL"]
    before, lines = office.everything(), len(office.rows(Change))
    office.environ["DATABASE_URL"] = new
    assert "lignes copiées" in office.run("migrate", "--from", old).printed
    assert office.everything() == before
    assert office.run("subscribers", "add", "lagrange@exemple.fr").status == 0
    assert [reader.id for reader in office.rows(Reader)] == [1, 2]
    assert office.run("grant", "lagrange@exemple.fr", "--until", "2099-12-31").status == 0
    assert len(office.rows(Change)) == lines + 1


def test_a_database_that_holds_anything_is_left_as_it_is(moving: tuple[Office, str]) -> None:
    office, old = moving
    office.run("migrate", "--from", old)
    before = office.everything()
    assert "n’est pas vide" in office.run("migrate", "--from", old).refusal
    assert office.everything() == before
