"""Which of the two files a reader gets."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import paywall_site as site_of
import pytest
from paywall_client import Client
from paywall_site import FRESNEL, GATED, PREVIEW, SECRET

Reader = Callable[..., dict[str, str]]
CLOSED = [page for page in GATED if page != site_of.OPENED]


@pytest.mark.parametrize("page", CLOSED)
def test_an_anonymous_reader_gets_the_preview(client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    assert PREVIEW in answer.text
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    ("grants", "opened"),
    [
        ([], {site_of.REGISTERED}),
        (["issue:812-lumiere"], {site_of.REGISTERED, FRESNEL}),
        (["issue:813-mouvement"], {site_of.REGISTERED, site_of.CORIOLIS}),
        (
            ["issue:812-lumiere", "issue:813-mouvement"],
            {site_of.REGISTERED, FRESNEL, site_of.CORIOLIS},
        ),
        (["all"], set(CLOSED) - {site_of.NO_TWIN, site_of.UNKNOWN_ACCESS}),
        (["issue:", "tout", "ALL", "issue:812"], {site_of.REGISTERED}),
    ],
)
def test_each_grant_opens_its_pages_and_no_others(
    client: Client, as_reader: Reader, grants: list[str], opened: set[str]
) -> None:
    headers = as_reader(*grants)
    assert {page for page in CLOSED if SECRET in client.get(page, headers=headers).text} == opened


def test_the_bearer_header_opens_pages_as_the_cookie_does(
    client: Client, token: Callable[..., str]
) -> None:
    answer = client.get(FRESNEL, headers={"authorization": f"Bearer {token('all')}"})
    assert SECRET in answer.text


def test_a_page_whose_date_has_come_is_full_for_anybody(client: Client) -> None:
    answer = client.get(site_of.OPENED)
    assert SECRET in answer.text
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_page_opens_by_itself_at_its_instant(client: Client, clock: Callable) -> None:
    opens = datetime.fromisoformat(site_of.OPENS_AT)
    clock.now = opens.replace(year=2029, month=12, day=31, hour=23, minute=59, second=59)
    assert SECRET not in client.get(site_of.OPENS_LATER).text
    clock.now = opens
    assert SECRET in client.get(site_of.OPENS_LATER).text


def test_a_missing_full_text_falls_back_to_the_preview(client: Client, as_reader: Reader) -> None:
    answer = client.get(site_of.NO_TWIN, headers=as_reader("all"))
    assert answer.status_code == 200
    assert PREVIEW in answer.text


def test_a_members_file_that_the_manifest_does_not_list_is_served_to_nobody(
    client: Client, as_reader: Reader
) -> None:
    for path in ("/jamais-listee/", site_of.ORPHAN_IMAGE):
        answer = client.get(path, headers=as_reader("all"))
        assert answer.status_code == 404
        assert SECRET not in answer.text


def test_an_image_of_a_gated_page_opens_with_the_page(client: Client, as_reader: Reader) -> None:
    assert client.get(site_of.GATED_IMAGE).status_code == 404
    other_issue = client.get(site_of.GATED_IMAGE, headers=as_reader("issue:813-mouvement"))
    assert other_issue.status_code == 404
    granted = client.get(site_of.GATED_IMAGE, headers=as_reader("issue:812-lumiere"))
    assert granted.text == SECRET
    assert granted.headers["cache-control"] == "private, no-store"
    assert granted.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_gated_image_with_a_public_twin_shows_the_twin_to_others(
    client: Client, site: Path
) -> None:
    site_of.write(site / "public", site_of.GATED_IMAGE, "flou")
    answer = client.get(site_of.GATED_IMAGE)
    assert answer.text == "flou"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "source", ["", "{", "[]", '{"version": 1}', '{"version": 2}', '"1"', "\xff"]
)
def test_a_manifest_not_understood_serves_nothing_gated(
    client: Client, as_reader: Reader, site: Path, source: str
) -> None:
    (site / "manifest.json").write_bytes(source.encode("latin-1"))
    for page in GATED:
        answer = client.get(page, headers=as_reader("all"))
        assert answer.status_code == 200
        assert PREVIEW in answer.text


@pytest.mark.parametrize("version", [0, 3, "1", "2", None, 1.5])
def test_a_manifest_of_another_version_serves_nothing_gated(
    client: Client, as_reader: Reader, site: Path, version: object
) -> None:
    site_of.write_manifest(site, version=version)
    assert SECRET not in client.get(FRESNEL, headers=as_reader("all")).text


def test_an_opening_date_without_time_zone_serves_nothing_gated(client: Client, site: Path) -> None:
    entry = {"access": "subscriber", "issue": None, "opens": "2020-01-01T00:00:00"}
    site_of.write_manifest(site, pages=GATED | {FRESNEL: entry})
    assert SECRET not in client.get(FRESNEL).text


def test_a_missing_manifest_serves_previews_and_says_so_once(
    client: Client, as_reader: Reader, site: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (site / "manifest.json").unlink()
    for _ in range(3):
        answer = client.get(FRESNEL, headers=as_reader("all"))
        assert PREVIEW in answer.text
    assert len(caplog.records) == 1


def test_a_manifest_that_comes_back_opens_again(
    client: Client, as_reader: Reader, site: Path
) -> None:
    (site / "manifest.json").unlink()
    client.get(FRESNEL)
    site_of.write_manifest(site)
    assert SECRET in client.get(FRESNEL, headers=as_reader("all")).text


def test_a_symbolic_link_in_the_tree_is_not_followed(
    client: Client, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "dehors.txt").write_text("dehors")
    (site / "public" / "lien.txt").symlink_to(tmp_path / "dehors.txt")
    assert client.get("/lien.txt").status_code == 404
