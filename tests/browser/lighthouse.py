"""Print Lighthouse's scores of the pages that matter most; fail below what is promised.

Run it with ``make lighthouse``. A telephone on a slow line, as Lighthouse sets it; the median
of three runs of each page.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from chromium import FLAGS, PATH
from demo_site import REPOSITORY, build, served
from page_kinds import GATED, ISSUE, OPEN_ARTICLE

MODULES = REPOSITORY / "tests/audit/node_modules"
NODE = MODULES / ".bin/node"
LIGHTHOUSE = MODULES / "lighthouse/cli/index.js"
PAGES = {"home": "/", "issue": ISSUE, "article": OPEN_ARTICLE, "article-preview": GATED}
PROMISED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
TRIES = 3
"""Chromium now and then loses the trace that Lighthouse measures by."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One run on one page: scores out of 100, bytes over the wire, what lost points."""

    scores: dict[str, int]
    bytes: int
    lost: tuple[str, ...]


def main() -> int:
    """Judge every page; return 1 if one is below what is promised."""
    kept = True
    print(f"{'':<18}" + "".join(f"{name:>16}" for name in (*PROMISED, "bytes")))
    with TemporaryDirectory() as folder, served(build(Path(folder)), Path(folder)) as site:
        for name, address in PAGES.items():
            report = Path(folder) / "report.json"
            runs = [judge(site.address + address, report) for _ in range(RUNS)]
            scores = {key: round(median(run.scores[key] for run in runs)) for key in PROMISED}
            row = [*scores.values(), round(median(run.bytes for run in runs))]
            print(f"{name:<18}" + "".join(f"{cell:>16}" for cell in row))
            below = [key for key, promised in PROMISED.items() if scores[key] < promised]
            if below:
                kept = False
                lost = sorted({line for run in runs for line in run.lost})
                print("\n".join(f"  below: {line}" for line in (*below, *lost)))
    return 0 if kept else 1


def judge(url: str, report: Path) -> Judgement:
    """One measured run; a run that could not measure is made again."""
    for _ in range(TRIES):
        done = _run(url, report)
        if not done.returncode:
            return read_report(json.loads(report.read_text("utf-8")))
    raise RuntimeError(f"Lighthouse failed on {url}:\n{done.stderr}")


def _run(url: str, report: Path) -> subprocess.CompletedProcess[str]:
    """Run Lighthouse; a pipe would lose the end of its report."""
    options = [f"--only-categories={','.join(PROMISED)}", f"--chrome-flags={' '.join(FLAGS)}"]
    written = ["--quiet", "--output=json", f"--output-path={report}"]
    return subprocess.run(
        [str(NODE), str(LIGHTHOUSE), url, *options, *written],
        env=os.environ | {"CHROME_PATH": str(PATH)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def read_report(report: dict[str, Any]) -> Judgement:
    """What matters here of Lighthouse's JSON."""
    audits, categories = report["audits"], report["categories"]
    counted = {ref["id"] for c in categories.values() for ref in c["auditRefs"] if ref["weight"]}
    lost = [audits[key] for key in counted if audits[key]["score"] not in (None, 1)]
    return Judgement(
        {key: round(100 * (category["score"] or 0)) for key, category in categories.items()},
        round(audits["total-byte-weight"]["numericValue"]),
        tuple(f"{a['id']} {a.get('displayValue', '')}".strip() for a in lost),
    )


if __name__ == "__main__":
    sys.exit(main())
