"""Content that must be refused, and what the editor is told of it."""

from magazine_factory import MagazineFactory


def refused(magazine: MagazineFactory) -> list[str]:
    """Build; returns the problems told, one a line. Nothing else is told or published."""
    result = magazine.build()
    assert result.exit_code == 1, result
    assert not result.output.exists()
    assert result.stdout == ""
    *problems, count = result.lines
    assert count == f"{len(problems)} problem(s); nothing is published."
    return problems
