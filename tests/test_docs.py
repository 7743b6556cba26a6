"""The documents tell the truth: their examples build, and they name every setting and field."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from magazine_factory import REPOSITORY, TAXONOMY, MagazineFactory

from plugins.ads.settings import AdsSettings
from plugins.magazine import schema
from plugins.magazine.assets import BUNDLE, Assets
from plugins.magazine.booking import ApprovalFields, BookingFields, CreativeFields
from plugins.magazine.fields import known_fields
from plugins.magazine.settings import Settings, Urls

GUIDE = (REPOSITORY / "docs" / "redaction.md").read_text("utf-8")
ADS_GUIDE = (REPOSITORY / "docs" / "publicite.md").read_text("utf-8")
README = (REPOSITORY / "README.md").read_text("utf-8")
SETTINGS = (REPOSITORY / "docs" / "settings.md").read_text("utf-8")
SHELL = (REPOSITORY / "docs" / "shell.md").read_text("utf-8")
FROM_PELICAN = {"name", "site_url", "content", "theme", "cache", "now", "timezone", "urls"}
KINDS = (
    schema.IssueFields,
    schema.ArticleFields,
    schema.PersonFields,
    schema.ResearchFields,
    schema.NominationFields,
    schema.EventFields,
    schema.PageFields,
)


def first_article(document: str) -> str:
    found = re.search(r"```markdown\n(.*?)```", document, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("document", [README, GUIDE], ids=["README", "redaction"])
def test_the_first_article_of_a_document_is_published_with_the_demo(
    document: str, tmp_path: Path
) -> None:
    demo = MagazineFactory(tmp_path)
    for source in (REPOSITORY / "content").rglob("*"):
        if source.is_file():
            demo.write(source.relative_to(REPOSITORY / "content").as_posix(), source.read_bytes())
    for own in ("issues/12-lumiere", "people/emilie-aubrac.md"):
        path = demo.content / own
        for file in [path] if path.is_file() else path.iterdir():
            file.unlink()
    demo.write("articles/2026/un-pont.md", first_article(document))
    built = demo.build(settings={"PLUGINS": ["plugins.magazine", "plugins.access"]})
    assert built.exit_code == 0, built.stderr
    assert "Le pont et le calcul" in built.public("/articles/un-pont/")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_editors_guide_names_every_field(kind: type[schema.Entry]) -> None:
    written = {field.alias or name for name, field in known_fields(kind).items()}
    assert {name for name in written if f"`{name}`" not in GUIDE} == set()


@pytest.mark.parametrize("group", [BookingFields, CreativeFields, ApprovalFields])
def test_the_guide_to_ads_names_every_field(group: type[object]) -> None:
    written = {field.alias or name for name, field in known_fields(group).items()}
    assert {name for name in written if f"`{name}`" not in ADS_GUIDE} == set()


def test_the_booking_of_the_guide_to_ads_is_one(magazine: MagazineFactory) -> None:
    more = "  radioactivite: Radioactivité\n"
    magazine.write("taxonomy.yaml", TAXONOMY + more)
    magazine.write("ads/acme-automne/booking.md", first_article(ADS_GUIDE))
    built = magazine.build()
    assert built.exit_code == 0, built.stderr


def test_every_setting_is_documented() -> None:
    named = [f.name for f in fields(Settings) if f.name not in FROM_PELICAN]
    named += [f.name for f in fields(Urls)]
    named += [f.name for f in fields(AdsSettings)]
    assert [name for name in named if f"`{name}`" not in SETTINGS] == []


def test_the_readme_fits_on_two_screens() -> None:
    assert len(README.splitlines()) <= 100


def test_every_link_between_documents_leads_to_a_file() -> None:
    documents = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
    for document in documents:
        text = re.sub(r"```.*?```|`[^`]*`", "", document.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_guide_to_the_services_pages_names_classes_that_are_styled() -> None:
    assets = Assets.of(REPOSITORY / "theme")
    styles = dict(assets.made())[assets.url(BUNDLE).removeprefix("/")]
    examples = re.findall(r'class="([^"]+)"', SHELL)
    named = {name for names in examples for name in names.split()}
    named |= set(re.findall(r"`\.([a-z-]+)", SHELL))
    assert len(named) > 25
    assert {name for name in named if not re.search(rf"\.{name}(?![\w-])", styles)} == set()
