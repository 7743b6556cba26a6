"""The table of a benchmark: one line a row and a subject, ratios to Hugo."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bench.processes import Cost

REFERENCE = "Hugo"
_STEP = re.compile(r"^\s*(?P<step>\D+?)\s{2,}(?P<seconds>\d+[.,]\d+)\s*s?\b")
_MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Line:
    """What one subject cost in one row."""

    row: str
    subject: str
    cost: Cost


def format_table(lines: Sequence[Line]) -> str:
    """Every measurement, with the ratio of its wall time to Hugo's for the same."""
    reference = {line.row: line.cost for line in lines if line.subject == REFERENCE}
    head = f"{'':34}{'':28}{'wall s':>9}{'CPU s':>9}{'peak MiB':>10}{'/ Hugo':>9}"
    return "\n".join([head, *(_format(line, reference.get(line.row)) for line in lines)])


def _format(line: Line, reference: Cost | None) -> str:
    cost = line.cost
    ratio = f"{cost.wall_seconds / reference.wall_seconds:.2f}" if reference else ""
    return (
        f"{line.row:34}{line.subject:28}{cost.wall_seconds:9.3f}{cost.cpu_seconds:9.2f}"
        f"{cost.peak_bytes / _MEBIBYTE:10.0f}{ratio:>9}"
    )


def format_steps(row: str, steps: dict[str, dict[str, float]]) -> str:
    """The steps of a row, for the subjects that tell them: images and cards among them."""
    lines = [
        f"    {step:30}{subject:28}{seconds:9.1f}"
        for subject, of_subject in steps.items()
        for step, seconds in of_subject.items()
    ]
    return "\n".join([f"{row}, step by step:", *lines])


def format_sizes(sizes: dict[str, tuple[int, int]]) -> str:
    """Files and bytes of each output."""
    return "\n".join(
        f"{name:28}{files:>10,} files{written / _MEBIBYTE:10.0f} MiB"
        for name, (files, written) in sizes.items()
    )


def steps_of(printed: str) -> dict[str, float]:
    """Seconds of each step, from the table that our build prints at its end.

    The one place that knows that table: pages, search index, images and cards are told apart
    by it alone. Empty for a build that prints none.
    """
    found = (_STEP.match(line) for line in printed.splitlines())
    return {step["step"]: float(step["seconds"].replace(",", ".")) for step in found if step}
