"""The magazine's settings: typed, with defaults, and no misspelt key let through."""

from datetime import UTC, datetime

import pytest
from in_process import settings_of
from magazine_factory import MagazineFactory

from plugins.magazine.settings import Settings, SettingsError

PELICAN = {
    "SITENAME": "La Gazette",
    "SITEURL": "https://example.org/",
    "PATH": "content",
    "THEME": "theme",
    "CACHE_PATH": "cache",
    "TIMEZONE": "Europe/Paris",
}


def test_an_unknown_key_of_the_magazine_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"taglin.*tagline"):
        Settings.from_pelican(PELICAN | {"MAGAZINE": {"taglin": "La revue"}}, {})


def test_an_unknown_page_kind_among_addresses_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"URLS.*artcle.*article"):
        Settings.from_pelican(PELICAN | {"URLS": {"artcle": "/a/{slug}/"}}, {})


def test_every_unknown_key_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as told:
        Settings.from_pelican(PELICAN | {"MAGAZINE": {"zzz": 1, "yyy": 2}}, {})
    first, second = str(told.value).splitlines()
    assert "yyy" in first
    assert "zzz" in second


def test_the_address_of_the_site_has_no_slash_at_its_end() -> None:
    assert Settings.from_pelican(PELICAN, {}).site_url == "https://example.org"


def test_a_build_may_speak_for_a_given_moment() -> None:
    settings = Settings.from_pelican(PELICAN, {"SOURCE_DATE_EPOCH": "1795305600"})
    assert settings.now == datetime(2026, 11, 22, tzinfo=UTC)
    assert settings.now.isoformat() == "2026-11-22T01:00:00+01:00"


def test_without_one_it_speaks_for_now() -> None:
    before = datetime.now(UTC)
    assert before <= Settings.from_pelican(PELICAN, {}).now <= datetime.now(UTC)


def test_odd_numbers_wear_one_colour_and_even_ones_the_other(magazine: MagazineFactory) -> None:
    usual, other = settings_of(magazine), settings_of(magazine, odd_wear="rouge")
    assert (usual.wear_of(1873), usual.wear_of(1872)) == ("jaune", "rouge")
    assert (other.wear_of(1873), other.wear_of(1872)) == ("rouge", "jaune")


def test_an_address_that_is_chosen_is_the_one_of_the_page(magazine: MagazineFactory) -> None:
    urls = {"person": "/qui/{slug}/", "issue": "/n/{slug}/", "issue_article": "/n/{issue}/{slug}/"}
    magazine.article("articles/x.md", body="[Elle](people:emilie-aubrac), [là](/n/12-lumiere/).\n")
    result = magazine.build(settings={"URLS": urls})
    assert result.exit_code == 0
    assert 'href="/qui/emilie-aubrac/"' in result.public("/articles/x/")
    assert "Émilie Aubrac" in result.public("/qui/emilie-aubrac/")
    assert result.public("/n/12-lumiere/la-tache/")
    assert not (result.output / "public" / "personnes" / "emilie-aubrac").exists()


@pytest.mark.parametrize(
    ("key", "value"), [("interface_lang", "de"), ("odd_wear", "vert"), ("per_page", 0)]
)
def test_a_value_that_no_page_could_be_made_with_is_refused(key: str, value: object) -> None:
    with pytest.raises(SettingsError, match=rf"MAGAZINE.*{key}.*{value}"):
        Settings.from_pelican(PELICAN | {"MAGAZINE": {key: value}}, {})
