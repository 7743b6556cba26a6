"""What a build takes over from earlier ones changes nothing: after any edits, in any order."""

import os
import shutil
from pathlib import Path

import pytest
from draft import EDITS, Draft
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from magazine_factory import MagazineFactory, Result
from published import snapshot

EXAMPLES = "BICORNE_EDIT_SEQUENCES"
"""How many random sequences of edits to try; without it, a few that are always the same."""

SEQUENCES = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 99)), min_size=1, max_size=5
)


def everything(output: Path) -> tuple[dict[str, str], set[str]]:
    """Every file with its digest, and every folder: an empty one would be left over."""
    folders = {str(p.relative_to(output)) for p in output.rglob("*") if p.is_dir()}
    return snapshot(output), folders


def cold(draft: Draft, root: Path) -> Result:
    """Build the same magazine in other folders, where nothing was ever built."""
    shutil.copytree(draft.magazine.content, root / "content")
    chosen = dict(draft.settings)
    if draft.theme_is_ours:
        chosen["THEME"] = str(shutil.copytree(draft.magazine.root / "theme", root / "theme"))
    other = MagazineFactory.__new__(MagazineFactory)
    other.root, other.content, other.output = root, root / "content", root / "output"
    return other.build(settings=chosen, SOURCE_DATE_EPOCH=str(draft.now))


def check_equal(draft: Draft, root: Path) -> None:
    warm = draft.build()
    fresh = cold(draft, root)
    assert (warm.exit_code, problems(warm)) == (fresh.exit_code, problems(fresh))
    if not warm.exit_code:
        (files, folders), (wanted, wanted_folders) = map(everything, (warm.output, fresh.output))
        differ = {p for p in files.keys() | wanted.keys() if files.get(p) != wanted.get(p)}
        assert differ == set()
        assert folders == wanted_folders


def problems(result: Result) -> str:
    return result.stderr if result.exit_code else ""


@example(edits=[(name, 1) for name in EDITS])
@given(edits=SEQUENCES)
@settings(
    max_examples=int(os.environ.get(EXAMPLES, "6")),
    derandomize=EXAMPLES not in os.environ,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_edits_a_build_equals_one_that_starts_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int]]
) -> None:
    root = tmp_path_factory.mktemp("edited")
    draft = Draft.of(root / "warm")
    assert draft.build().exit_code == 0
    for step, (name, number) in enumerate(edits):
        EDITS[name](draft, number)
        check_equal(draft, root / f"cold-{step}")
        shutil.rmtree(root / f"cold-{step}")
    shutil.rmtree(root)
