"""Front matter that the schema refuses: each case is told on its line, and only that."""

import pytest
from magazine_factory import PERSON, MagazineFactory
from refused import refused

X = "articles/x.md"


def test_an_unknown_section_suggests_the_nearest(magazine: MagazineFactory) -> None:
    magazine.article(X, section="scienses")
    assert refused(magazine) == [
        f"content/{X}:5: section: unknown section “scienses” (did you mean sciences?)"
    ]


def test_an_unknown_section_that_resembles_none_suggests_none(magazine: MagazineFactory) -> None:
    magazine.article(X, section="jardinage")
    assert refused(magazine) == [f"content/{X}:5: section: unknown section “jardinage”"]


def test_an_unknown_theme_is_told_with_its_place_in_the_list(magazine: MagazineFactory) -> None:
    magazine.article(X, themes=["hasard", "optiqe"])
    assert refused(magazine) == [
        f"content/{X}:6: themes.2: unknown theme “optiqe” (did you mean optique?)"
    ]


def test_a_list_whose_only_item_is_wrong_is_not_called_too_short(magazine: MagazineFactory) -> None:
    magazine.article(X, themes=["optiqe"])
    assert refused(magazine) == [
        f"content/{X}:6: themes.1: unknown theme “optiqe” (did you mean optique?)"
    ]


def test_each_theme_of_a_list_in_lines_has_its_own_line(magazine: MagazineFactory) -> None:
    magazine.article(X)
    magazine.replace(X, 'themes: ["optique"]', "themes:\n  - optique\n  - energy\n  - hazard")
    assert refused(magazine) == [
        f"content/{X}:8: themes.2: unknown theme “energy” (did you mean energie?)",
        f"content/{X}:9: themes.3: unknown theme “hazard” (did you mean hasard?)",
    ]


def test_an_unknown_theme_of_a_person_is_refused_too(magazine: MagazineFactory) -> None:
    magazine.entry("people/x.md", PERSON | {"themes": ["alchimie"]})
    assert refused(magazine) == ["content/people/x.md:8: themes.1: unknown theme “alchimie”"]


def test_a_missing_required_field_is_told_on_the_first_line(magazine: MagazineFactory) -> None:
    magazine.article(X, standfirst=None)
    assert refused(magazine) == [f"content/{X}:1: standfirst: required field is missing"]


def test_a_missing_field_of_a_group_is_told_where_the_group_stands(
    magazine: MagazineFactory,
) -> None:
    magazine.image("articles/x.png")
    magazine.article(X, image={"file": "x.png"})
    assert refused(magazine) == [f"content/{X}:8: image.alt: required field is missing"]


@pytest.mark.parametrize("title", ["", "   "])
def test_an_empty_required_field_is_told_on_its_line(magazine: MagazineFactory, title: str) -> None:
    magazine.article(X, title=title)
    assert refused(magazine) == [f"content/{X}:2: title: required field is empty"]


def test_a_required_field_with_nothing_after_its_colon_is_missing(
    magazine: MagazineFactory,
) -> None:
    magazine.article(X)
    magazine.replace(X, ' "La tache claire"', "")
    assert refused(magazine) == [f"content/{X}:2: title: required field is missing"]


def test_an_empty_list_of_authors_is_refused(magazine: MagazineFactory) -> None:
    magazine.article(X, authors=[])
    assert refused(magazine) == [f"content/{X}:7: authors: at least 1 item is needed"]


def test_an_unknown_field_suggests_the_nearest(magazine: MagazineFactory) -> None:
    magazine.article(X, standfrist="Le chapeau.")
    assert refused(magazine) == [
        f"content/{X}:8: standfrist: unknown field (did you mean standfirst?)"
    ]


def test_an_unknown_field_of_a_group_suggests_the_groups_own(magazine: MagazineFactory) -> None:
    magazine.image("articles/x.png")
    magazine.article(X)
    magazine.replace(
        X, "authors:", "image:\n  file: x.png\n  alt: Une ombre\n  credits: E. A.\nauthors:"
    )
    assert refused(magazine) == [
        f"content/{X}:10: image.credits: unknown field (did you mean credit?)"
    ]


def test_an_unknown_field_of_a_list_of_groups_is_told_with_its_place(
    magazine: MagazineFactory,
) -> None:
    magazine.article(X)
    magazine.replace(
        X, "authors:", "sources:\n- title: Optique\n- title: Phares\n  yaer: 1823\nauthors:"
    )
    assert refused(magazine) == [
        f"content/{X}:10: sources.2.yaer: unknown field (did you mean year?)"
    ]


def test_an_access_level_that_does_not_exist_lists_those_that_do(
    magazine: MagazineFactory,
) -> None:
    magazine.article(X, access="suscriber")
    assert refused(magazine) == [
        f"content/{X}:8: access: “suscriber” is not allowed; one of: public, registered, "
        "subscriber (did you mean subscriber?)"
    ]


def test_an_issues_access_level_is_checked_too(magazine: MagazineFactory) -> None:
    magazine.replace("issues/12-lumiere/issue.md", "articles:", "access: free\narticles:")
    assert refused(magazine) == [
        "content/issues/12-lumiere/issue.md:8: access: “free” is not allowed; one of: public, "
        "registered, subscriber"
    ]


TYPES = {
    "title-a-list": ("title", ["La tache"], "title: must be a text"),
    "title-a-group": ("title", {"La tache": "claire"}, "title: must be a text"),
    "themes-a-text": ("themes", "optique", "themes: must be a list"),
    "theme-a-list": ("themes", [["optique"]], "themes.1: must be a text"),
    "source-a-text": ("sources", ["Optique"], "sources.1: must be fields, “name: value”"),
    "image-a-text": ("image", "x.png", "image: must be fields, “name: value”"),
    "order-a-word": ("order", "premier", "order: “premier” is not a whole number"),
    "order-a-list": ("order", [1], "order: must be a whole number"),
    "slug-a-title": (
        "slug",
        "La Tache",
        "slug: “La Tache”: lower-case letters, digits and hyphens only",
    ),
    "genre-unknown": (
        "genre",
        "poem",
        "genre: “poem” is not allowed; one of: article, interview, essay, archive, obituary",
    ),
    "address-without-scheme": (
        "sources",
        [{"title": "T", "url": "www.example.org"}],
        "sources.1.url: “www.example.org” is not an address that starts with https://",
    ),
}


@pytest.fixture(scope="module")
def mistyped(tmp_path_factory: pytest.TempPathFactory) -> MagazineFactory:
    magazine = MagazineFactory(tmp_path_factory.mktemp("mistyped"))
    for name, (field, value, _) in TYPES.items():
        magazine.article(f"articles/{name}.md", **{field: value})
    return magazine


@pytest.fixture(scope="module")
def told(mistyped: MagazineFactory) -> list[str]:
    return refused(mistyped)


@pytest.mark.parametrize("name", TYPES)
def test_a_value_of_another_type_says_what_it_must_be(
    mistyped: MagazineFactory, told: list[str], name: str
) -> None:
    field, _, problem = TYPES[name]
    line = mistyped.line_of(f"articles/{name}.md", f"{field}:")
    about = [one for one in told if one.startswith(f"content/articles/{name}.md")]
    assert about == [f"content/articles/{name}.md:{line}: {problem}"]


def test_a_yes_or_no_field_takes_nothing_else(magazine: MagazineFactory) -> None:
    magazine.entry("people/x.md", PERSON | {"collective": "peut-être"})
    magazine.entry("people/y.md", PERSON | {"collective": ["true"]})
    assert refused(magazine) == [
        "content/people/x.md:8: collective: must be “true” or “false”",
        "content/people/y.md:8: collective: must be “true” or “false”",
    ]


def test_a_class_year_is_within_the_schools_history(magazine: MagazineFactory) -> None:
    magazine.entry("people/x.md", PERSON | {"class_year": 187})
    magazine.entry("people/y.md", PERSON | {"class_year": 18730})
    assert refused(magazine) == [
        "content/people/x.md:4: class_year: 187 is too small: at least 1700",
        "content/people/y.md:4: class_year: 18730 is too large: at most 2200",
    ]


def test_a_nomination_names_its_person_in_one_way_only(magazine: MagazineFactory) -> None:
    fields = {
        "kind": "honour",
        "person": "emilie-aubrac",
        "name": "Émilie Aubrac",
        "position": "Membre de l'Académie",
        "organisation": "Académie des sciences",
        "date": "1889",
        "sources": [{"title": "Comptes rendus"}],
    }
    magazine.entry("nominations/x.md", fields)
    assert refused(magazine) == [
        "content/nominations/x.md:1: front matter: needs “person” or “name”, and only one of them"
    ]
