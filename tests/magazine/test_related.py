"""Which articles a page leads on to."""

from datetime import date, timedelta

from in_process import edition_of
from magazine_factory import PERSON, MagazineFactory

from plugins.magazine.graph import Graph
from plugins.magazine.related import RARE

SHOWN = 3
ARCHIVE = 120


def _related(magazine: MagazineFactory) -> Graph:
    return edition_of(magazine).graph


def _article(magazine: MagazineFactory, path: str, **fields: object) -> None:
    """An article whose words say nothing of others."""
    magazine.article(path, **{"title": path[9:-3], "standfirst": path[9:-3], **fields})


def _names(graph: Graph, slug: str) -> list[str]:
    (article,) = [article for article in graph.articles if article.slug == slug]
    return [other.slug for other in article.related]


def test_an_article_is_never_related_to_itself_and_never_twice_to_another(
    magazine: MagazineFactory,
) -> None:
    for n in range(6):
        _article(
            magazine, f"articles/a{n}.md", themes=["optique", "hasard"], people=["emilie-aubrac"]
        )
    for article in _related(magazine).articles:
        assert article not in article.related
        assert len(set(article.related)) == len(article.related) == SHOWN


def test_a_shared_person_counts_more_than_a_shared_theme(magazine: MagazineFactory) -> None:
    magazine.entry("people/lea-roux.md", PERSON | {"name": "Léa Roux"})
    _article(magazine, "articles/sujet.md", people=["lea-roux"], section="histoire")
    _article(magazine, "articles/theme.md", section="histoire", date="2026-11-10")
    _article(magazine, "articles/personne.md", people=["lea-roux"], themes=["energie"])
    assert _names(_related(magazine), "sujet")[:2] == ["personne", "theme"]


def test_a_rare_theme_counts_more_than_a_common_one(magazine: MagazineFactory) -> None:
    for n in range(8):
        _article(magazine, f"articles/commun{n}.md", date=f"2026-10-{n + 10}")
    _article(magazine, "articles/rare.md", themes=["hasard"], section="histoire", date="2020-01-01")
    _article(magazine, "articles/sujet.md", themes=["optique", "hasard"])
    assert _names(_related(magazine), "sujet")[0] == "rare"


def test_articles_of_the_same_issue_give_way_to_others(magazine: MagazineFactory) -> None:
    for n in range(3):
        _article(magazine, f"issues/12-lumiere/voisin{n}.md", date="2026-11-02")
    for n in range(3):
        _article(magazine, f"articles/ailleurs{n}.md", date="2020-01-01")
    assert _names(_related(magazine), "la-tache") == ["ailleurs0", "ailleurs1", "ailleurs2"]


def test_an_article_that_shares_nothing_is_related_to_nothing(magazine: MagazineFactory) -> None:
    _article(magazine, "articles/seul.md", themes=["hasard"], section="histoire")
    graph = _related(magazine)
    assert _names(graph, "seul") == []
    assert "seul" not in _names(graph, "la-tache")


def test_of_equals_the_newest_come_first(magazine: MagazineFactory) -> None:
    for day in ("05", "03", "04"):
        _article(magazine, f"articles/du-{day}.md", date=f"2026-10-{day}")
    assert _names(_related(magazine), "la-tache") == ["du-05", "du-04", "du-03"]


def test_only_neighbours_in_time_are_compared_however_many_there_are(
    magazine: MagazineFactory,
) -> None:
    first = date(2020, 1, 1)
    for n in range(ARCHIVE):
        written_on = (first + timedelta(days=n)).isoformat()
        _article(magazine, f"articles/a{n}.md", date=written_on)
    for article in _related(magazine).articles[1:]:
        places = [int(other.slug[1:]) for other in article.related if other.rank == 0]
        assert all(abs(place - int(article.slug[1:])) <= ARCHIVE // 2 for place in places)


def test_a_rare_word_of_the_title_leads_from_one_article_to_the_other(
    magazine: MagazineFactory,
) -> None:
    for n in range(4):
        _article(magazine, f"articles/a{n}.md", date=f"2026-11-1{n}")
    _article(magazine, "articles/dreyfus.md", title="Poincaré et les experts", date="2001-01-01")
    _article(magazine, "articles/sujet.md", title="Les carnets de POINCARE")
    assert _names(_related(magazine), "sujet")[0] == "dreyfus"


def test_a_word_that_many_titles_have_says_nothing(magazine: MagazineFactory) -> None:
    for n in range(RARE + 1):
        _article(magazine, f"articles/a{n}.md", title="Une lumière", themes=["hasard"])
    _article(magazine, "articles/sujet.md", title="Lumière", section="histoire", themes=["energie"])
    assert _names(_related(magazine), "sujet") == []
