"""What the documents promise to operators."""

import re

from paywall_process import REPOSITORY

from paywall.settings import Settings

OPERATE = (REPOSITORY / "docs" / "operate.md").read_text("utf-8")
SOURCE = (REPOSITORY / "paywall" / "settings.py").read_text("utf-8")


def test_every_setting_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `(BICORNE_\w+)`", OPERATE, re.MULTILINE))
    assert documented == set(re.findall(r'"(BICORNE_\w+)"', SOURCE))


def test_the_documented_defaults_are_the_real_ones() -> None:
    defaults = dict(re.findall(r"^\| `BICORNE_(\w+)` \| `([^`]+)`", OPERATE, re.MULTILINE))
    settings = Settings()
    assert defaults["OUTPUT"] == str(settings.output)
    assert defaults["VAR"] == str(settings.var)
    assert defaults["HOST"] == settings.host
    assert defaults["PORT"] == str(settings.port)
    assert settings.address == defaults["ADDRESS"] + defaults["PORT"]
