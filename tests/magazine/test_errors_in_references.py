"""Names that nothing answers to, and names that two files claim."""

from in_process import edition_of
from magazine_factory import ISSUE, PERSON, MagazineFactory
from refused import refused

ISSUE_FILE = "issues/12-lumiere/issue.md"
LA_TACHE = "issues/12-lumiere/la-tache.md"
PAGE = {"title": "Une page", "description": "Ce qu'elle dit."}


def test_an_author_who_does_not_exist_suggests_the_nearest_name(
    magazine: MagazineFactory,
) -> None:
    magazine.article("articles/x.md", authors=["emilie-aubrac", "emilie-obrac"])
    assert refused(magazine) == [
        "content/articles/x.md:7: authors: “emilie-obrac” does not exist "
        "(did you mean emilie-aubrac?)"
    ]


def test_each_person_of_a_list_in_lines_has_their_own_line(magazine: MagazineFactory) -> None:
    magazine.article("articles/x.md")
    magazine.replace(
        "articles/x.md", "---\n\n", "people:\n  - emilie-aubrac\n  - personne\n  - nul\n---\n\n"
    )
    assert refused(magazine) == [
        "content/articles/x.md:10: people: “personne” does not exist",
        "content/articles/x.md:11: people: “nul” does not exist",
    ]


def test_a_nomination_of_an_unknown_person_is_refused(magazine: MagazineFactory) -> None:
    fields = {
        "kind": "honour",
        "person": "emile-aubrac",
        "position": "Membre de l'Académie",
        "organisation": "Académie des sciences",
        "date": "1889",
        "sources": [{"title": "Comptes rendus"}],
    }
    magazine.entry("nominations/x.md", fields)
    assert refused(magazine) == [
        "content/nominations/x.md:3: person: “emile-aubrac” does not exist "
        "(did you mean emilie-aubrac?)"
    ]


def test_a_research_success_of_an_unknown_person_is_refused(magazine: MagazineFactory) -> None:
    fields = {
        "title": "La tache expliquée",
        "standfirst": "Une onde contourne un disque.",
        "date": "1819",
        "people": ["personne"],
        "laboratory": "Académie des sciences",
        "themes": ["optique"],
    }
    magazine.entry("research/x.md", fields)
    assert refused(magazine) == ["content/research/x.md:5: people: “personne” does not exist"]


def test_an_article_in_a_folder_without_an_issue_is_refused(magazine: MagazineFactory) -> None:
    magazine.article("issues/13-ombre/x.md")
    assert refused(magazine) == ["content/issues/13-ombre/x.md:1: issue: “13-ombre” does not exist"]


def test_an_article_that_names_an_unknown_issue_suggests_the_nearest(
    magazine: MagazineFactory,
) -> None:
    magazine.article("articles/x.md", issue="12-lumieres")
    assert refused(magazine) == [
        "content/articles/x.md:8: issue: “12-lumieres” does not exist (did you mean 12-lumiere?)"
    ]


def test_an_issue_that_lists_an_article_it_does_not_have_is_refused(
    magazine: MagazineFactory,
) -> None:
    magazine.article("articles/ailleurs.md")
    dossier = {"title": "Un dossier", "articles": ["la-tache", "la-tach"]}
    listed = {"articles": ["la-tache", "ailleurs"], "dossier": dossier}
    magazine.entry(ISSUE_FILE, ISSUE | listed)
    assert refused(magazine) == [
        f"content/{ISSUE_FILE}:8: articles: “ailleurs” does not exist",
        f"content/{ISSUE_FILE}:9: dossier.articles: “la-tach” does not exist "
        "(did you mean la-tache?)",
    ]


def test_two_people_of_one_slug_are_told_once(magazine: MagazineFactory) -> None:
    magazine.entry("people/z.md", PERSON | {"slug": "emilie-aubrac"})
    assert refused(magazine) == [
        "content/people/z.md:8: slug: “emilie-aubrac” is already taken by people/emilie-aubrac.md"
    ]


def test_two_articles_of_one_slug_in_two_years_are_told_once(magazine: MagazineFactory) -> None:
    magazine.article("articles/2025/x.md")
    magazine.article("articles/2026/x.md")
    assert refused(magazine) == [
        "content/articles/2026/x.md:1: slug: “x” is already taken by articles/2025/x.md"
    ]


def test_an_issue_may_hold_an_article_of_a_slug_used_elsewhere(magazine: MagazineFactory) -> None:
    magazine.article("articles/la-tache.md")
    addresses = {page.url for page in edition_of(magazine).pages}
    assert {"/articles/la-tache/", "/numeros/12-lumiere/la-tache/"} <= addresses


def test_a_page_cannot_take_the_address_of_the_archive(magazine: MagazineFactory) -> None:
    magazine.entry("pages/numeros.md", PAGE)
    assert refused(magazine) == [
        "content/pages/numeros.md:1: slug: the address /numeros/ is already that of "
        "a page of the magazine"
    ]


def test_two_kinds_cannot_share_an_address(magazine: MagazineFactory) -> None:
    magazine.entry("pages/chercher.md", PAGE)
    magazine.entry("pages/x.md", PAGE | {"slug": "agenda"})
    assert refused(magazine) == [
        "content/pages/chercher.md:1: slug: the address /chercher/ is already that of "
        "a page of the magazine",
        "content/pages/x.md:4: slug: the address /agenda/ is already that of "
        "a page of the magazine",
    ]


def test_a_mistake_in_a_person_is_not_told_of_all_who_name_them(
    magazine: MagazineFactory,
) -> None:
    magazine.article("articles/x.md", body="Voir [elle](people:emilie-aubrac#vie).\n")
    magazine.replace("people/emilie-aubrac.md", "class_year", "clas_year")
    assert refused(magazine) == [
        "content/people/emilie-aubrac.md:4: clas_year: unknown field (did you mean class_year?)"
    ]


def test_a_mistake_in_an_issue_is_not_told_of_its_articles(magazine: MagazineFactory) -> None:
    links = "[a](issue:12-lumiere), [b](/numeros/12-lumiere/), [c](article:12-lumiere/la-tache)"
    magazine.article("articles/x.md", body=f"Voir {links}.\n", issue="12-lumiere")
    magazine.replace(ISSUE_FILE, "number: 12", "number: douze")
    assert refused(magazine) == [f"content/{ISSUE_FILE}:2: number: “douze” is not a whole number"]


def test_a_mistake_in_an_article_is_not_told_of_its_issue(magazine: MagazineFactory) -> None:
    magazine.article("articles/x.md", body="Voir [là](../issues/12-lumiere/la-tache.md).\n")
    magazine.replace(LA_TACHE, '"sciences"', '"histoir"')
    assert refused(magazine) == [
        f"content/{LA_TACHE}:5: section: unknown section “histoir” (did you mean histoire?)"
    ]


def test_an_unknown_author_is_told_beside_an_unknown_field(magazine: MagazineFactory) -> None:
    magazine.article("articles/x.md", authors=["nobody"], people=["Nul", "nul"], isue="13-ombre")
    assert refused(magazine) == [
        "content/articles/x.md:7: authors: “nobody” does not exist",
        "content/articles/x.md:8: people: “nul” does not exist",
        "content/articles/x.md:8: people.1: “Nul”: lower-case letters, digits and hyphens only",
        "content/articles/x.md:9: isue: unknown field (did you mean issue?)",
    ]


def test_an_unknown_issue_is_told_beside_an_unknown_field(magazine: MagazineFactory) -> None:
    magazine.article("articles/x.md", issue="12-lumieres", nope="1")
    magazine.article("issues/13-ombre/y.md", nope="1")
    assert [line for line in refused(magazine) if "nope" not in line] == [
        "content/articles/x.md:8: issue: “12-lumieres” does not exist (did you mean 12-lumiere?)",
        "content/issues/13-ombre/y.md:1: issue: “13-ombre” does not exist",
    ]


def test_what_an_issue_with_another_mistake_names_is_checked(magazine: MagazineFactory) -> None:
    magazine.article("issues/12-lumiere/en-panne.md", nope="1")
    dossier = {"title": "Un dossier", "articles": ["la-tach"]}
    listed = {"articles": ["la-tache", "en-panne", "ailleurs"], "dossier": dossier, "nope": "1"}
    magazine.entry(ISSUE_FILE, ISSUE | listed | {"authors": ["nobody"]})
    assert [line for line in refused(magazine) if "nope" not in line] == [
        f"content/{ISSUE_FILE}:7: authors: “nobody” does not exist",
        f"content/{ISSUE_FILE}:8: articles: “ailleurs” does not exist",
        f"content/{ISSUE_FILE}:9: dossier.articles: “la-tach” does not exist "
        "(did you mean la-tache?)",
    ]


def test_a_field_that_its_kind_does_not_have_names_nobody(magazine: MagazineFactory) -> None:
    magazine.entry("pages/x.md", PAGE | {"authors": ["nobody"]})
    assert refused(magazine) == ["content/pages/x.md:4: authors: unknown field"]


def test_an_article_in_one_issues_folder_cannot_name_another(magazine: MagazineFactory) -> None:
    magazine.article(LA_TACHE, issue="13-ombre")
    assert refused(magazine) == [
        f"content/{LA_TACHE}:8: issue: the article is in the folder of “12-lumiere”"
    ]
