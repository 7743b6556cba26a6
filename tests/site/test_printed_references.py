"""Sources and the carnet are set as the texts are."""

import pytest
from every_kind import PAGES
from magazine_factory import Result
from published import read_page


def printed(site: Result, kind: str, path: str) -> list[str]:
    """The raised letters of the parts of a page that an XPath finds."""
    return [sup.text for sup in read_page(site.public(PAGES[kind])).xpath(f"{path}//sup")]


@pytest.mark.parametrize(
    ("kind", "path", "raised"),
    [
        ("nominations", "//*[@class='nomination-sources']", ["e", "o"]),
        ("nominations", "//*[@class='nomination-position']", ["re"]),
        ("home", "//*[@class='nomination-position']", ["re"]),
        ("person", "//*[@class='moment moment-nomination']", ["re"]),
    ],
)
def test_ordinals_have_raised_letters_outside_of_texts_too(
    site: Result, kind: str, path: str, raised: list[str]
) -> None:
    assert printed(site, kind, path) == raised
