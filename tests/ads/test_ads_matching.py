"""Which bookings a page may carry, and which of them suit it best."""

from pathlib import Path

import pytest
from bookings import book
from in_process import edition_of
from magazine_factory import TAXONOMY, MagazineFactory

from plugins.ads.bookings import flights_of
from plugins.ads.matching import Match, Matching
from plugins.ads.matching.weighing import Judge
from plugins.ads.sensitive.judge import judge_in
from plugins.magazine.edition import Edition
from plugins.magazine.page import Page
from plugins.press.kept import KeptFiles

LENS = "Lentilles, jumelles et longues-vues : taille du verre, phares et lumière."
DICE = "Jeux de dés et de cartes, calcul des chances, loteries."
LIGHTHOUSE = "La lentille du phare fut taillée dans un verre très pur, et la lumière porta loin.\n"
GRIEF = (
    "Un accident fit douze morts sur la voie ferrée. Les victimes, écrasées, furent enterrées par "
    "leurs familles en deuil ; les blessés, mutilés, moururent à l’hôpital dans la nuit.\n"
)


class Desk:
    """A magazine with bookings, matched as a build does it."""

    def __init__(self, magazine: MagazineFactory) -> None:
        self.magazine = magazine
        magazine.write("taxonomy.yaml", TAXONOMY + "  musique: Musique\n")

    def book(self, advertiser: str, brief: str = "", **fields: object) -> None:
        book(self.magazine, advertiser, brief=brief, **fields)  # type: ignore[arg-type]

    def matching(self, judge: Judge | None = None) -> tuple[Matching, Edition]:
        edition = edition_of(self.magazine)
        flights = flights_of(edition.graph)
        kept = KeptFiles(self.magazine.root / "cache" / "matching")
        return Matching(flights, edition, kept, judge), edition

    def matches(self, url: str, tree: str = "public") -> list[Match]:
        matching, edition = self.matching()
        return list(matching.explain(page_at(edition, url, tree)).carried)

    def slugs(self, url: str, tree: str = "public") -> list[str]:
        matching, edition = self.matching()
        matching.prepare(edition.pages)
        return carried(matching, page_at(edition, url, tree))


def carried(matching: Matching, page: Page) -> list[str]:
    return [flight.slug for flight in matching.carried(page).running]


def page_at(edition: Edition, url: str, tree: str = "public") -> Page:
    return next(p for p in edition.pages if p.url == url and p.tree == tree)


@pytest.fixture
def desk(magazine: MagazineFactory) -> Desk:
    return Desk(magazine)


def test_the_brief_that_says_what_the_text_is_about_comes_first(desk: Desk) -> None:
    desk.book("Cartier", DICE)
    desk.book("Lunettes", LENS)
    desk.magazine.article("articles/2026/phare.md", LIGHTHOUSE)
    first, second = desk.matches("/articles/phare/")
    assert (first.flight.slug, second.flight.slug) == ("lunettes", "cartier")
    assert first.score > second.score
    assert set(first.reason.words) < {"verre", "phares", "lentilles", "lumière", "taille"}
    assert len(first.reason.words) == 3
    assert second.reason.words == ()


def test_plurals_elisions_and_capitals_hide_no_word(desk: Desk) -> None:
    desk.book("Optique", "L’ÉLECTRICITÉ et l'aimant")
    desk.magazine.article("articles/2026/a.md", "Les aimants et d’électricité.\n")
    (match,) = desk.matches("/articles/a/")
    assert set(match.reason.words) == {"électricité", "aimant"}


def test_words_of_no_subject_make_no_match(desk: Desk) -> None:
    desk.book("Tout", "Un très grand nombre de choses pour tous, depuis toujours.")
    desk.magazine.article("articles/2026/a.md", "Depuis toujours, un nombre de choses.\n")
    (match,) = desk.matches("/articles/a/")
    assert (match.score, match.reason.words) == (0, ())


def test_a_booking_stands_only_where_it_was_booked(desk: Desk) -> None:
    desk.book("Lunettes", themes=["optique"], placements=["article"])
    desk.book("Liste", themes=["optique"], placements=["list"])
    desk.book("Une", themes=["hasard"], placements=["home"])
    assert desk.slugs("/numeros/12-lumiere/la-tache/") == ["lunettes"]
    assert desk.slugs("/themes/optique/") == ["liste"]
    assert desk.slugs("/rubriques/sciences/") == []
    assert desk.slugs("/") == ["une"]


def test_a_booking_of_other_themes_or_of_an_excluded_one_stays_away(desk: Desk) -> None:
    desk.book("Piano", LENS, themes=["musique"])
    desk.book("Loto", LENS, themes=["optique"], excluded_themes=["hasard"])
    desk.magazine.article("articles/2026/a.md", LIGHTHOUSE, themes=["optique", "hasard"])
    desk.magazine.article("articles/2026/b.md", LIGHTHOUSE, themes=["optique"])
    assert desk.slugs("/articles/a/") == []
    assert desk.slugs("/articles/b/") == ["loto"]


def test_readers_with_the_full_page_are_spared_bookings_that_are_not_for_them(desk: Desk) -> None:
    desk.book("Lunettes", themes=["optique"], subscribers=False)
    desk.book("Jumelles", themes=["optique"])
    desk.magazine.article("articles/2026/a.md", access="subscriber")
    assert set(desk.slugs("/articles/a/")) == {"lunettes", "jumelles"}
    assert desk.slugs("/articles/a/", "members") == ["jumelles"]


def test_both_renderings_of_a_gated_article_are_matched_on_the_same_text(desk: Desk) -> None:
    desk.book("Cartier", DICE)
    desk.book("Lunettes", LENS)
    secret = "Un début.\n\n<!-- more -->\n\n" + LIGHTHOUSE
    desk.magazine.article("articles/2026/a.md", secret, access="subscriber")
    public, members = desk.matches("/articles/a/"), desk.matches("/articles/a/", "members")
    assert public[0].flight.slug == "lunettes"
    assert [(m.flight.slug, m.score) for m in public] == [(m.flight.slug, m.score) for m in members]


def test_exclusive_bookings_come_first_and_the_magazines_own_last(desk: Desk) -> None:
    desk.book("Seul", DICE, goal="exclusive")
    desk.book("Lunettes", LENS, goal=1000)
    desk.book("Abonnement", LENS, kind="house")
    desk.magazine.article("articles/2026/a.md", LIGHTHOUSE)
    assert desk.slugs("/articles/a/") == ["seul", "lunettes", "abonnement"]


def test_of_the_magazines_own_ads_a_page_carries_the_one_that_suits_it(desk: Desk) -> None:
    for n in range(5):
        desk.book(f"Maison {n}", LENS if n == 2 else DICE, kind="house")
    for n in range(5):
        desk.magazine.article(f"articles/2026/a-{n}.md", LIGHTHOUSE)
    matching, edition = desk.matching()
    matching.prepare(edition.pages)
    for n in range(5):
        assert carried(matching, page_at(edition, f"/articles/a-{n}/")) == ["maison-2"]


def test_a_page_carries_four_paid_bookings_and_each_that_suits_has_pages(desk: Desk) -> None:
    for n in range(9):
        desk.book(f"Annonceur {n}", LENS if n < 4 else "", themes=["optique"])
    for n in range(30):
        desk.magazine.article(f"articles/2026/a-{n}.md", LIGHTHOUSE)
    matching, edition = desk.matching()
    matching.prepare(edition.pages)
    found = [carried(matching, page_at(edition, f"/articles/a-{n}/")) for n in range(30)]
    assert {len(slugs) for slugs in found} == {4}
    assert {slug for slugs in found for slug in slugs} == {f"annonceur-{n}" for n in range(9)}
    assert {slugs[0] for slugs in found} == {f"annonceur-{n}" for n in range(4)}


def test_what_will_begin_is_told_apart_and_what_is_not_approved_is_nowhere(desk: Desk) -> None:
    desk.book("Demain", LENS, start="2026-11-23")
    desk.book("Hier", LENS, end="2026-11-21")
    desk.book("Propose", LENS, status="proposed")
    matching, edition = desk.matching()
    matching.prepare(edition.pages)
    page = page_at(edition, "/numeros/12-lumiere/la-tache/")
    running, coming = matching.carried(page)
    assert (running, [flight.slug for flight in coming]) == ((), ["demain"])


def test_only_what_has_changed_is_weighed_again(desk: Desk) -> None:
    desk.book("Lunettes", LENS)
    desk.book("Cartier", DICE)
    quiet: dict[str, object] = {"access": "subscriber", "standfirst": "Un début."}
    desk.magazine.article("articles/2026/a.md", "Jeux de dés.\n", **quiet)
    matching, edition = desk.matching()
    assert matching.prepare(edition.pages) > 2
    assert carried(matching, page_at(edition, "/articles/a/")) == ["cartier", "lunettes"]
    matching, edition = desk.matching()
    assert matching.prepare(edition.pages) == 0
    desk.magazine.article("articles/2026/a.md", LIGHTHOUSE, **quiet)
    matching, edition = desk.matching()
    assert matching.prepare(edition.pages) == 2  # what anybody reads, and what members do
    assert carried(matching, page_at(edition, "/articles/a/")) == ["lunettes", "cartier"]


def test_a_changed_brief_is_weighed_on_every_page(desk: Desk) -> None:
    desk.book("Cartier", DICE)
    desk.book("Lunettes", LENS)
    desk.magazine.article("articles/2026/a.md", LIGHTHOUSE)
    assert desk.slugs("/articles/a/") == ["lunettes", "cartier"]
    desk.book("Lunettes", DICE)
    desk.book("Cartier", LENS)
    assert desk.slugs("/articles/a/") == ["cartier", "lunettes"]


def test_what_is_kept_for_the_next_build_has_no_word_of_a_text(desk: Desk) -> None:
    desk.book("Lunettes", LENS)
    desk.magazine.article("articles/2026/a.md", LIGHTHOUSE, access="subscriber")
    assert desk.slugs("/articles/a/") == ["lunettes"]
    (cached,) = Path(desk.magazine.root / "cache" / "matching").iterdir()
    kept = cached.read_bytes()
    assert b"/articles/a/" in kept
    assert "lumière".encode() not in kept and b"verre" not in kept


@pytest.mark.parametrize("damage", [b"", b"no database" * 100])
def test_a_damaged_cache_is_made_again(desk: Desk, damage: bytes) -> None:
    desk.book("Lunettes", LENS)
    desk.magazine.article("articles/2026/a.md", LIGHTHOUSE)
    assert desk.slugs("/articles/a/") == ["lunettes"]
    (cached,) = Path(desk.magazine.root / "cache" / "matching").iterdir()
    cached.write_bytes(damage)
    assert desk.slugs("/articles/a/") == ["lunettes"]


def test_an_obituary_has_no_candidate(desk: Desk) -> None:
    desk.book("Lunettes", LENS)
    desk.magazine.article("articles/2026/a.md", LIGHTHOUSE, genre="obituary")
    assert desk.slugs("/articles/a/") == []


def test_no_paid_ad_stands_beside_a_painful_text_unless_an_editor_says_so(desk: Desk) -> None:
    desk.book("Lunettes", LENS)
    desk.book("Abonnement", LENS, kind="house")
    desk.magazine.article("articles/2026/a.md", GRIEF, title="Catastrophe à la mine")
    desk.magazine.article("articles/2026/b.md", LIGHTHOUSE)
    desk.magazine.article("articles/2026/c.md", GRIEF, title="Catastrophe", ads="checked")
    matching, edition = desk.matching(judge_in("fr"))
    matching.prepare(edition.pages)
    both = ["lunettes", "abonnement"]
    for url, slugs in (("a", ["abonnement"]), ("b", both), ("c", both)):
        assert carried(matching, page_at(edition, f"/articles/{url}/")) == slugs


def test_without_bookings_nothing_is_weighed(desk: Desk) -> None:
    desk.book("Hier", LENS, end="2026-11-21")
    matching, edition = desk.matching()
    assert matching.prepare(edition.pages) == 0
    assert carried(matching, page_at(edition, "/numeros/12-lumiere/la-tache/")) == []
