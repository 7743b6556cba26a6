"""Days, moments and amounts, as readers of each language write them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from paywall.templating import environment

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
"""One o'clock in Paris."""


@pytest.mark.parametrize(
    ("language", "expression", "written"),
    [
        ("fr", "at | day", "1er novembre 2026"),
        ("fr", "at | moment", "1er novembre 2026 à 13 h 00"),
        ("en", "at | moment", "1 November 2026 at 13:00"),
        ("fr", "at | last_day", "1er novembre 2026"),
        ("fr", "2400 | price", "24,00 €"),
        ("en", "2400 | price", "€24.00"),
    ],
)
def test_a_value_is_written_as_its_language_does(
    tmp_path: Path, language: str, expression: str, written: str
) -> None:
    template = environment(language, tmp_path).from_string(f"{{{{ {expression} }}}}")
    plain = template.render(at=NOON).replace("\u00a0", " ").replace("\u202f", " ")
    assert plain == written
