"""Makes what a plan has left to make, stage by stage."""

from collections import Counter
from collections.abc import Sequence

from plugins.magazine.messages import tell
from plugins.press.apart import Begun
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


def make_stages(
    plan: Plan, left: Sequence[Leaf], aside: Aside, begun: Begun, steps: Steps
) -> list[str]:
    """Make what is left, and meanwhile what checks have to know; the files that were put."""
    planned = Counter(leaf.stage for leaf in plan.leaves.values())
    files = list[str]()
    if begun:
        _work_meanwhile(plan, steps)
    for stage in sorted(planned):
        with steps.step(tell(_STEPS[stage])):
            leaves = [leaf for leaf in left if leaf.stage is stage]
            steps.expect(len(leaves), kept=planned[stage] - len(leaves))
            files += make_all([begun.taken(leaf) for leaf in leaves], aside, steps.tell)
    if not begun:
        _work_meanwhile(plan, steps)
    return files


def _work_meanwhile(plan: Plan, steps: Steps) -> None:
    with steps.step(tell("textes réservés")):
        for work in plan.meanwhile:
            work()
