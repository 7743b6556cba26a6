"""What the documents promise to operators."""

import re

from paywall_process import REPOSITORY

from paywall.settings import Settings

OPERATORS = (REPOSITORY / "docs" / "operators.md").read_text("utf-8")
SOURCE = (REPOSITORY / "paywall" / "settings.py").read_text("utf-8")


def test_every_setting_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `(BICORNE_\w+|DATABASE_URL)`", OPERATORS, re.MULTILINE))
    assert documented == set(re.findall(r'"(BICORNE_\w+|DATABASE_URL)"', SOURCE))


def test_the_documented_defaults_are_the_real_ones() -> None:
    defaults = dict(re.findall(r"^\| `BICORNE_(\w+)` \| `([^`]+)`", OPERATORS, re.MULTILINE))
    settings = Settings()
    assert defaults["OUTPUT"] == str(settings.output)
    assert defaults["VAR"] == str(settings.var)
    assert defaults["OFFERS"] == str(settings.offers)
    assert defaults["MEMBERS"].replace("<BICORNE_VAR>", "var") == str(settings.members)
    assert "sqlite:///<BICORNE_VAR>/accounts.sqlite".replace("<BICORNE_VAR>", "var") == (
        settings.database
    )
    assert defaults["HOST"] == settings.host
    assert defaults["PORT"] == str(settings.port)
    assert settings.address == defaults["ADDRESS"] + defaults["PORT"]


def test_no_document_has_a_hole_that_somebody_meant_to_fill() -> None:
    """Such as a figure to be measured: braces stand in code only, where they mean something."""
    holes = re.compile(r"\{\{?\s*\w+\s*\}|\b(?:TODO|FIXME|TBD|XXX)\b")
    for file in (*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")):
        text = re.sub(r"```.*?```|`[^`\n]*`", "", file.read_text("utf-8"), flags=re.DOTALL)
        assert holes.findall(text) == [], file.name
