"""Makes what a plan has left to make, stage by stage."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from plugins.magazine.messages import tell
from plugins.press.apart import Apart
from plugins.press.aside import Aside
from plugins.press.making import make_all
from plugins.press.plan import Leaf, Plan, Stage
from plugins.press.steps import Steps

_STEPS = {
    Stage.IMAGES: "images",
    Stage.CARDS: "cartes",
    Stage.PAGES: "pages",
    Stage.LISTS: "flux et autres fichiers",
    Stage.SEARCH: "index de recherche",
}
_FEW = 200
"""So few leaves leave a core free for a folder."""


def make_stages(plan: Plan, left: Sequence[Leaf], aside: Aside, steps: Steps) -> list[str]:
    """Make what is left, and meanwhile what checks have to know; the files that were put."""
    planned = Counter(leaf.stage for leaf in plan.leaves.values())
    files = list[str]()
    with _begun(left) as begun:
        if begun:
            _work_meanwhile(plan, steps)
        for stage in sorted(planned):
            with steps.step(tell(_STEPS[stage])):
                leaves = [leaf for leaf in left if leaf.stage is stage]
                steps.expect(len(leaves), kept=planned[stage] - len(leaves))
                made = [begun[leaf].take() if leaf in begun else leaf for leaf in leaves]
                files += make_all(made, aside, steps.tell)
    if not begun:
        _work_meanwhile(plan, steps)
    return files


@contextmanager
def _begun(left: Sequence[Leaf]) -> Iterator[dict[Leaf, Apart]]:
    """Folders that are being made in processes of their own."""
    folders = [leaf for leaf in left if leaf.path.endswith("/") and len(left) <= _FEW]
    begun = {folder: Apart(folder) for folder in folders}
    try:
        yield begun
    except BaseException:
        for apart in begun.values():
            apart.stop()
        raise


def _work_meanwhile(plan: Plan, steps: Steps) -> None:
    with steps.step(tell("textes réservés")):
        for work in plan.meanwhile:
            work()
