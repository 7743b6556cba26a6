"""The tree in which the next build will be made."""

from pathlib import Path

from published import snapshot

from plugins.press.aside import Aside
from plugins.press.ledger import read_ledger, write_ledger
from plugins.press.making import make_all
from plugins.press.plan import Folder, Leaf, Plan


def test_it_follows_the_published_one_whatever_it_held(tmp_path: Path) -> None:
    published, aside = tmp_path / "output", tmp_path / ".output.next"
    plan = Plan()
    plan.add(Leaf("public/un.txt", b"1", lambda: b"un"))
    plan.add(Leaf("public/dossier/", b"2", lambda: Folder({"a.txt": b"a"})))
    make_all(list(plan.leaves.values()), Aside(published, aside, {}, here={}))
    write_ledger(published, plan.keys)
    (aside / "public").mkdir(parents=True)
    (aside / "public" / "un.txt").write_text("vieux")
    (aside / "public" / "gone.txt").write_text("vieux")
    write_ledger(aside, {"public/un.txt": b"0", "public/gone.txt": b"0"})
    Aside(aside, published, plan.keys).follow(plan)
    assert snapshot(aside) == snapshot(published)
    assert read_ledger(aside) == plan.keys
    assert (aside / "public" / "un.txt").samefile(published / "public" / "un.txt")
