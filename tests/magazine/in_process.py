"""A magazine read and composed without Pelican, for tests of what lies between."""

from magazine_factory import NOW, REPOSITORY, MagazineFactory

from plugins.magazine.edition import Edition, read_edition
from plugins.magazine.settings import Settings


def settings_of(magazine: MagazineFactory, **chosen: object) -> Settings:
    """The settings of a build that speaks for the factory's day."""
    pelican = {
        "SITENAME": "La Gazette",
        "SITEURL": "https://example.org/",
        "PATH": str(magazine.content),
        "THEME": str(REPOSITORY / "theme"),
        "CACHE_PATH": str(magazine.root / "cache"),
        "TIMEZONE": "Europe/Paris",
        "MAGAZINE": chosen,
    }
    return Settings.from_pelican(pelican, {"SOURCE_DATE_EPOCH": str(NOW)})


def edition_of(magazine: MagazineFactory, **chosen: object) -> Edition:
    """The linked content and its pages."""
    return read_edition(settings_of(magazine, **chosen))
