"""Links that lead nowhere, in every form that an editor may write."""

import pytest
from in_process import edition_of
from magazine_factory import MagazineFactory
from refused import refused

PAGE = {"title": "Une page", "description": "Ce qu'elle dit."}
BROKEN = {
    "people:emilie-aubrak": "link to “people:emilie-aubrak”, which does not exist "
    "(did you mean people:emilie-aubrac?)",
    "issue:cahier": "link to “issue:cahier”, which does not exist",
    "issue:12-lumieres": "link to “issue:12-lumieres”, which does not exist "
    "(did you mean issue:12-lumiere?)",
    "article:la-tach": "link to “article:la-tach”, which does not exist "
    "(did you mean article:la-tache?)",
    "article:12-lumiere/tache": "link to “article:12-lumiere/tache”, which does not exist "
    "(did you mean article:12-lumiere/la-tache?)",
    "page:abonement": "link to “page:abonement”, which does not exist "
    "(did you mean page:abonnement?)",
    "research:rien": "link to “research:rien”, which does not exist",
    "event:rien": "link to “event:rien”, which does not exist",
    "/numero/": "link to “/numero/”, which does not exist (did you mean /numeros/?)",
    "/personnes/emilie-aubrac": "link to “/personnes/emilie-aubrac”, which does not exist "
    "(did you mean /personnes/emilie-aubrac/ or /personnes/?)",
    "../people/emilie-obrac.md": "link to “../people/emilie-obrac.md”, which does not exist "
    "(did you mean people/emilie-aubrac.md?)",
    "plan.pdf": "the file “plan.pdf” does not exist",
    "../../secret.pdf": "“../../secret.pdf” leaves the magazine's folder",
    "javascript:void": "“javascript:void” is not an allowed address",
    "//example.org/x": "“//example.org/x” is not an allowed address",
    "http://[example": "“http://[example” is not an allowed address",
    "#introuvable": "“#introuvable”: no such fragment",
    "#ce-que-l-on-voit": "“#ce-que-l-on-voit”: no such fragment (did you mean ce-que-lon-voit?)",
    "article:la-tache#rien": "“article:la-tache#rien”: no such fragment",
    "/numeros/12-lumiere/la-tache/#rien": "“/numeros/12-lumiere/la-tache/#rien”: no such fragment",
    "../issues/12-lumiere/la-tache.md#rien": "“../issues/12-lumiere/la-tache.md#rien”: "
    "no such fragment",
}
SOUND = (
    "people:emilie-aubrac", "issue:12-lumiere", "article:la-tache", "page:abonnement",
    "article:12-lumiere/la-tache", "/numeros/", "/numeros/12-lumiere/la-tache/", "/",
    "../people/emilie-aubrac.md", "{filename}/people/emilie-aubrac.md", "plan-du-phare.pdf",
    "#ce-que-lon-voit", "article:la-tache#ce-que-lon-voit", "https://example.org/x",
    "../issues/12-lumiere/la-tache.md#ce-que-lon-voit", "mailto:redaction@example.org",
)  # fmt: skip


def _linking(magazine: MagazineFactory, targets: tuple[str, ...]) -> MagazineFactory:
    magazine.entry("pages/abonnement.md", PAGE)
    magazine.write("articles/plan-du-phare.pdf", b"%PDF-1.4")
    body = "".join(f"Voir [ici]({target}).\n\n" for target in targets)
    magazine.article("articles/liens.md", body=body + "## Ce que l'on voit\n")
    return magazine


@pytest.fixture(scope="module")
def linking(tmp_path_factory: pytest.TempPathFactory) -> MagazineFactory:
    magazine = MagazineFactory(tmp_path_factory.mktemp("links"))
    return _linking(magazine, tuple(BROKEN))


@pytest.fixture(scope="module")
def told(linking: MagazineFactory) -> list[str]:
    return refused(linking)


@pytest.mark.parametrize("target", BROKEN)
def test_a_link_that_leads_nowhere_is_told_on_its_line(
    linking: MagazineFactory, told: list[str], target: str
) -> None:
    line = linking.line_of("articles/liens.md", f"({target})")
    about = [one for one in told if one.startswith(f"content/articles/liens.md:{line}:")]
    assert about == [f"content/articles/liens.md:{line}: link: {BROKEN[target]}"]


def test_links_that_lead_somewhere_are_let_through(magazine: MagazineFactory) -> None:
    edition = edition_of(_linking(magazine, SOUND))
    page = edition.public_articles["/articles/liens/"].view.body
    assert page.count('href="/personnes/emilie-aubrac/"') >= 3
    assert 'href="/numeros/12-lumiere/la-tache/#ce-que-lon-voit"' in page
    assert 'href="#ce-que-lon-voit"' in page
    assert "people:" not in page


def test_a_short_target_is_not_found_inside_a_longer_one(magazine: MagazineFactory) -> None:
    body = "[a](people:emilie-aubrac)\n\n[b](people:emilie)\n"
    magazine.article("articles/x.md", body=body)
    assert refused(magazine) == [
        "content/articles/x.md:12: link: link to “people:emilie”, which does not exist "
        "(did you mean people:emilie-aubrac?)"
    ]


def test_a_target_broken_twice_is_told_on_both_lines(magazine: MagazineFactory) -> None:
    magazine.article("articles/x.md", body="[a](#rien)\n\ntexte\n\n[b](#rien)\n")
    assert refused(magazine) == [
        "content/articles/x.md:10: link: “#rien”: no such fragment",
        "content/articles/x.md:14: link: “#rien”: no such fragment",
    ]


def test_an_articles_slug_used_in_two_issues_has_to_be_told_apart(
    magazine: MagazineFactory,
) -> None:
    magazine.article("articles/la-tache.md", body="[a](article:la-tache)\n")
    assert refused(magazine) == [
        "content/articles/la-tache.md:10: link: “article:la-tache”: several of that name, "
        "write article:issue/name"
    ]


def test_a_link_in_a_biography_is_checked_too(magazine: MagazineFactory) -> None:
    magazine.replace("people/emilie-aubrac.md", "l'optique", "[l'optique](page:optique)")
    assert refused(magazine) == [
        "content/people/emilie-aubrac.md:10: link: link to “page:optique”, which does not exist"
    ]
