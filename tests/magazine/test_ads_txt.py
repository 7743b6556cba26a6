"""``ads.txt`` says who may sell the magazine's advertising: nobody, unless the editor says who."""

import pytest
from in_process import edition_of
from magazine_factory import MagazineFactory

from plugins.magazine.ads_txt import ads_txt
from plugins.magazine.problems import ContentError
from plugins.magazine.site import machine_files

FILE = "ads/ads.txt"
OWN = """\
# Vendeurs
OWNERDOMAIN=gazette.example.org
contact=pub@example.org
google.com, pub-1234, DIRECT, f08c47fec0942fa0
regie.example.net, 42, reseller   # depuis 2026
"""


def told(magazine: MagazineFactory) -> list[str]:
    with pytest.raises(ContentError) as refused:
        edition_of(magazine)
    return [str(p).partition(FILE)[2] for p in refused.value.problems]


def test_without_a_file_nobody_may_sell(magazine: MagazineFactory) -> None:
    assert machine_files(edition_of(magazine))["ads.txt"] == (
        "placeholder.example.com, placeholder, DIRECT, placeholder\nOWNERDOMAIN=example.org\n"
    )


def test_a_magazine_on_ones_own_machine_owns_no_domain(magazine: MagazineFactory) -> None:
    assert "OWNERDOMAIN" not in ads_txt(magazine.content, "http://localhost:8000")


def test_the_editors_file_is_published_as_it_stands(magazine: MagazineFactory) -> None:
    magazine.write(FILE, OWN)
    assert machine_files(edition_of(magazine))["ads.txt"] == OWN


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("google.com, pub-1234", "a record is"),
        ("google.com, pub-1234, DIRECTE", "a record is"),
        ("google, pub-1234, DIRECT", "a record is"),
        ("google.com, , DIRECT", "a record is"),
        ("google.com pub-1234 DIRECT", "a record is"),
        ("a.org, 1, DIRECT, x, y", "a record is"),
        ("OWNERDOMAINS=a.org", "“OWNERDOMAINS”: a variable among"),
        ("CONTACT=", "“CONTACT”: a variable among"),
    ],
)
def test_a_line_that_buyers_would_not_understand_is_told(
    magazine: MagazineFactory, line: str, problem: str
) -> None:
    magazine.write(FILE, f"{OWN}{line}\n")
    (message,) = told(magazine)
    assert message.startswith(f":6: ads.txt: {problem}")
