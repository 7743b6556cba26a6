"""``desk ads explain``: what an editor reads of a page's ads, and what readers never do."""

import re
from subprocess import CompletedProcess

import pytest
from bookings import book
from forks import run_python, usual_environ
from magazine_factory import NOW, REPOSITORY, MagazineFactory

from desk.ads.explain import _CLASSES
from plugins.ads.sensitive.lexicon import CLASSES

LENS = "Lentilles et longues-vues : taille du verre, phares et lumière."
TEXT = "La lentille du phare fut taillée dans un verre très pur, et la lumière porta loin.\n"
GRIEF = (
    "Un accident fit douze morts sur la voie ferrée. Les victimes, écrasées, furent enterrées par "
    "leurs familles en deuil ; les blessés, mutilés, moururent à l’hôpital dans la nuit.\n"
)


class Desk:
    def __init__(self, magazine: MagazineFactory) -> None:
        self.magazine = magazine
        settings = (REPOSITORY / "pelicanconf.py").read_text("utf-8")
        theme = f'\nTHEME = "{REPOSITORY / "theme"}"\nPATH, CACHE_PATH = "content", "cache"\n'
        (magazine.root / "pelicanconf.py").write_text(settings + theme, "utf-8")

    def book(self, advertiser: str, **fields: object) -> None:
        path = book(self.magazine, advertiser, brief=LENS, **fields)  # type: ignore[arg-type]
        assert path

    def explain(self, page: str, **variables: str) -> CompletedProcess[str]:
        environ = usual_environ() | {"SOURCE_DATE_EPOCH": str(NOW)} | variables
        return run_python(["desk", "ads", "explain", page], self.magazine.root, environ)


@pytest.fixture
def desk(magazine: MagazineFactory) -> Desk:
    return Desk(magazine)


def test_each_booking_is_told_with_its_reason(desk: Desk) -> None:
    desk.book("Lunettes", themes=["optique"])
    desk.book("Loto", themes=["hasard"])
    desk.book("Sagesse", excluded_themes=["optique"])
    desk.book("Liste", placements=["list"])
    desk.book("Hier", end="2026-11-21")
    desk.book("Demain", start="2026-11-23")
    desk.book("Propose", status="proposed")
    desk.magazine.article("articles/2026/phare.md", TEXT)
    told = desk.explain("/articles/phare/")
    assert told.returncode == 0, told.stderr
    lines = [line.strip() for line in told.stdout.splitlines()]
    assert lines[:3] == [
        "/articles/phare/ (everybody)",
        "Placement: article; themes: optique",
        "It carries, nearest first:",
    ]
    assert lines[3].startswith("lunettes (")
    assert "themes: optique" in lines[3]
    assert "subjects: optique" in lines[3]
    assert lines[4] == "Would suit too, now or once they begin:"
    assert lines[5].startswith("demain (")
    assert set(lines[6:]) == {
        "Kept away:",
        "liste: that placement is not booked",
        "loto: none of its themes",
        "sagesse: a theme that it excludes",
        "hier: over",
        "propose: not approved",
    }


def test_a_page_may_be_named_by_its_text_and_both_renderings_are_told(desk: Desk) -> None:
    desk.book("Lunettes", subscribers=False)
    desk.magazine.article("articles/2026/phare.md", TEXT, access="subscriber")
    told = desk.explain("content/articles/2026/phare.md").stdout
    public, members = told.split("/articles/phare/ (subscribers)")
    assert "lunettes (" in public
    assert "lunettes: not for subscribers, who see this page" in members


def test_a_sensitive_text_carries_the_magazines_own_ads_only(desk: Desk) -> None:
    desk.book("Lunettes")
    desk.book("Abonnement", kind="house")
    desk.magazine.article("articles/2026/grief.md", GRIEF)
    told = desk.explain("/articles/grief/").stdout
    assert "Sensitive text (" in told
    assert "abonnement (" in told
    assert "lunettes: sensitive text" in told


def test_it_is_said_in_french(desk: Desk) -> None:
    desk.book("Lunettes")
    desk.magazine.article("articles/2026/phare.md", TEXT)
    desk.magazine.article("articles/2026/grief.md", GRIEF)
    told = desk.explain("/articles/grief/", LANG="fr_FR.UTF-8").stdout
    assert "Texte sensible (mort : " in told
    assert re.search(r"lunettes \(\d+,\d\d\) : ", desk.explain(
        "/articles/phare/", LANG="fr_FR.UTF-8").stdout)  # fmt: skip


def test_every_kind_of_painful_text_has_a_name_in_french() -> None:
    assert _CLASSES.keys() == {*CLASSES}


def test_an_exclusive_booking_is_told_to_be_alone(desk: Desk) -> None:
    desk.book("Seul", goal="exclusive")
    desk.book("Lunettes")
    told = desk.explain("/numeros/12-lumiere/la-tache/").stdout
    carried, others = told.split("Would suit too")
    assert "seul (" in carried and "lunettes (" not in carried
    assert "lunettes (" in others


def test_an_unknown_page_is_told_with_the_nearest(desk: Desk) -> None:
    told = desk.explain("/numeros/12-lumiere/la-tach/")
    assert told.returncode == 1
    assert "no page at that address (did you mean /numeros/12-lumiere/la-tache/ or" in told.stdout
