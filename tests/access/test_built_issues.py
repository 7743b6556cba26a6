"""What may be sold one by one: the issues, as the service is told of them."""

from magazine_factory import ISSUE, MagazineFactory, Result
from service_contract import issues_faults, read


def test_the_issues_are_what_their_schema_says(gated: Result) -> None:
    assert issues_faults(gated.output) == []


def test_an_issue_is_told_with_its_day_its_access_and_its_opening(gated: Result) -> None:
    newest, oldest = read(gated.output, "issues")["issues"]
    assert newest == {
        "slug": "13-ombres",
        "number": 13,
        "title": "Les ombres",
        "url": "/numeros/13-ombres/",
        "published": "2026-11-15",
        "access": "subscriber",
        "opens": "2027-10-31T23:00:00Z",  # midnight of 1 November in Paris
    }
    assert (oldest["access"], oldest["opens"]) == ("public", None)


def test_a_new_title_and_a_new_issue_are_in_the_next_build(magazine: MagazineFactory) -> None:
    magazine.build()
    magazine.replace("issues/12-lumiere/issue.md", "La lumière", "L'ombre du XIXe siècle")
    newer = {"number": 13, "title": "Suite", "date": "2026-11-20", "articles": []}
    magazine.entry("issues/13-suite/issue.md", ISSUE | newer)
    magazine.image("issues/13-suite/cover.png", (400, 560), seed=3)
    result = magazine.build()
    titles = [issue["title"] for issue in read(result.output, "issues")["issues"]]
    assert titles == ["Suite", "L’ombre du XIXe siècle"]
    assert issues_faults(result.output) == []
