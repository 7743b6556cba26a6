"""Who may read what: the access of issues and articles, as the manifest tells the service."""

import json
from typing import Any

import pytest
from magazine_factory import NOW, MagazineFactory, Result
from manifest_contract import manifest_faults

FOLDER = "/numeros/13-ombres/"
MIDNIGHT_IN_PARIS = 1795302000
"""22 November 2026, 00:00 in Paris: 21 November, 23:00 UTC."""


def manifest(result: Result) -> dict[str, Any]:
    return json.loads((result.output / "manifest.json").read_bytes())


def test_the_manifest_is_what_its_schema_and_the_service_expect(gated: Result) -> None:
    assert manifest_faults(gated.output) == []


def test_only_gated_pages_are_in_the_manifest(gated: Result) -> None:
    slugs = ("scellee", "inscrits", "tardive", "sans-marque")
    assert set(manifest(gated)["pages"]) == {f"{FOLDER}{slug}/" for slug in slugs}


def test_an_article_takes_the_access_and_the_opening_date_of_its_issue(gated: Result) -> None:
    entry = manifest(gated)["pages"][FOLDER + "scellee/"]
    opens = "2027-10-31T23:00:00Z"  # midnight of 1 November in Paris
    assert (entry["access"], entry["issue"], entry["opens"]) == ("subscriber", "13-ombres", opens)


def test_an_article_is_published_on_the_day_of_its_issue(gated: Result) -> None:
    days = {entry["published"] for entry in manifest(gated)["pages"].values()}
    assert days == {"2026-11-15"}  # the articles themselves are dated 2026-11-01


def test_a_new_day_of_an_issue_is_in_the_next_manifest(magazine: MagazineFactory) -> None:
    magazine.article("issues/12-lumiere/la-tache.md", access="subscriber")
    magazine.build()
    magazine.replace("issues/12-lumiere/issue.md", "2026-11-01", "2026-11-05")
    (entry,) = manifest(magazine.build())["pages"].values()
    assert entry["published"] == "2026-11-05"


def test_the_access_and_the_opening_date_of_an_article_win_over_its_issues(gated: Result) -> None:
    pages = manifest(gated)["pages"]
    assert pages[FOLDER + "inscrits/"]["access"] == "registered"
    assert pages[FOLDER + "tardive/"]["opens"] == "2026-11-22T23:00:00Z"
    assert FOLDER + "libre/" not in pages
    assert not (gated.output / "members" / "numeros" / "13-ombres" / "libre").exists()
    assert "personne ne l’attendait" in gated.public(FOLDER + "libre/")


def test_an_article_whose_date_has_come_is_public_in_full(gated: Result) -> None:
    assert "le veilleur 129" in gated.public(FOLDER + "ouverte/")
    assert FOLDER + "ouverte/" not in manifest(gated)["pages"]
    assert not (gated.output / "members" / "numeros" / "13-ombres" / "ouverte").exists()


@pytest.mark.parametrize(("moment", "is_open"), [(-1, False), (0, True)])
def test_an_article_opens_at_midnight_where_the_magazine_lives(
    magazine: MagazineFactory, moment: int, is_open: bool
) -> None:
    assert NOW - MIDNIGHT_IN_PARIS == 3600
    text = "Le début.\n\n<!-- more -->\n\nLa suite que l'on attendait.\n"
    magazine.article("articles/2026/a.md", text, access="registered", opens="2026-11-22")
    result = magazine.build(SOURCE_DATE_EPOCH=str(MIDNIGHT_IN_PARIS + moment))
    assert ("La suite que l’on attendait" in result.public("/articles/a/")) is is_open
    assert ("/articles/a/" in manifest(result)["pages"]) is not is_open
    assert (result.output / "members" / "articles" / "a").exists() is not is_open


def test_an_article_outside_issues_may_be_gated(magazine: MagazineFactory) -> None:
    magazine.article("articles/2026/a.md", access="registered")
    result = magazine.build()
    own = {"published": "2026-11-01"}
    expected = {"access": "registered", "issue": None, "opens": None} | own
    assert manifest(result)["pages"] == {"/articles/a/": expected}
    assert manifest_faults(result.output) == []


def test_a_magazine_with_nothing_gated_has_an_empty_manifest(magazine: MagazineFactory) -> None:
    result = magazine.build()
    assert manifest(result) == {"version": 2, "pages": {}, "files": {}}
    assert not (result.output / "members").exists()
    assert manifest_faults(result.output) == []
