"""Which articles a feed carries, how much of each, and under which identity."""

from feed_files import ATOM, CONTENT, SITE, atom, entry, item, rss
from magazine_factory import MagazineFactory, Result


def slugs(result: Result, name: str) -> list[str]:
    return [i.findtext("link", "").split("/")[-2] for i in rss(result, name).findall("item")]


def test_a_gated_article_is_there_by_its_excerpt_and_leads_to_the_rest(fed: Result) -> None:
    for content in (
        item(rss(fed), "inscrits").findtext(CONTENT, ""),
        entry(atom(fed), "inscrits").findtext(f"{ATOM}content", ""),
    ):
        assert "Une entrée courte." in content
        assert "le veilleur" not in content
        assert f'<a href="{SITE}/numeros/13-ombres/inscrits/">' in content


def test_an_open_article_is_there_in_full(fed: Result) -> None:
    content = item(rss(fed), "ouverte").findtext(CONTENT, "")
    assert "Une entrée courte." in content
    assert "le veilleur 129" in content
    assert "Lire la suite" not in content


def test_a_section_has_its_own_feed_with_its_own_articles(fed: Result) -> None:
    assert slugs(fed, "rubriques/histoire") == ["signes"]
    assert "signes" not in slugs(fed, "rubriques/sciences")
    everything = set(slugs(fed, "magazine"))
    assert everything == {"signes", *slugs(fed, "rubriques/sciences")}
    assert rss(fed, "rubriques/histoire").findtext("title", "").endswith("Histoire")


def test_the_newest_article_comes_first(fed: Result) -> None:
    published = [e.findtext(f"{ATOM}published", "") for e in atom(fed).findall(f"{ATOM}entry")]
    assert published == sorted(published, reverse=True)
    assert slugs(fed, "magazine")[0] == "signes"


def test_the_feed_of_an_empty_section_is_whole(magazine: MagazineFactory) -> None:
    result = magazine.build()
    assert slugs(result, "rubriques/histoire") == []
    assert atom(result, "rubriques/histoire").findtext(f"{ATOM}updated")


def test_an_article_keeps_its_identity_when_its_title_or_address_changes(
    magazine: MagazineFactory,
) -> None:
    path = "issues/12-lumiere/la-tache.md"
    first = item(rss(magazine.build()), "la-tache")
    magazine.replace(path, "La tache claire", "Le point clair")
    magazine.replace(path, "une lampe minuscule", "une lampe de poche")
    moved = {"URLS": {"issue_article": "/n/{issue}/{slug}/"}}
    second = item(rss(magazine.build(settings=moved)), "la-tache")
    assert second.findtext("guid") == first.findtext("guid")
    assert second.findtext("title") == "Le point clair"
    assert second.findtext("link") == f"{SITE}/n/12-lumiere/la-tache/"


def test_articles_of_one_name_in_two_issues_have_two_identities(
    magazine: MagazineFactory,
) -> None:

    magazine.article("articles/2026/la-tache.md", title="Une autre tache")
    items = rss(magazine.build()).findall("item")
    assert len(items) == 2
    assert len({found.findtext("guid") for found in items}) == 2


def test_a_long_magazine_offers_its_fifty_newest_articles(magazine: MagazineFactory) -> None:
    for n in range(52):
        day = f"2026-{1 + n // 28:02}-{1 + n % 28:02}"
        magazine.article(f"articles/2026/a-{n}.md", "Court.\n", date=day)
    found = slugs(magazine.build(), "magazine")
    assert len(found) == 50
    assert found[0] == "la-tache"  # of November
    assert found[-1] == "a-3"
