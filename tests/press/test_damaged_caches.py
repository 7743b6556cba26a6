"""What is kept from build to build may be damaged or foreign: it is noticed, never trusted."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from draft import Draft, edit_body, set_clock
from forked_builds import ForkedBuilds, forked_builds
from magazine_factory import MagazineFactory
from published import snapshot


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip(file: Path) -> None:
    """Damage a byte in every hundred, but for the beginning."""
    content = bytearray(file.read_bytes())
    for n in range(len(content) // 2, len(content), 100):
        content[n] ^= 0xFF
    file.write_bytes(content)


def scribble(file: Path) -> None:
    file.write_bytes(b"something else\n" * 40)


def other_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE entries (one TEXT)")
        database.execute("INSERT INTO entries VALUES ('foreign')")


def other_rows(file: Path) -> None:
    """Right in form, sealed by nobody."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE entries SET entry = x'00' WHERE path LIKE 'articles/%'")


def other_bodies(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE bodies SET body = x'00' || body")


def no_bodies(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("DELETE FROM bodies")


def no_results(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE results SET result = x'0011'")


def gone(file: Path) -> None:
    file.unlink()


Harm = Callable[[Path], None]
DAMAGED: list[tuple[str, Harm]] = [
    *(
        ("cache/content.sqlite", harm)
        for harm in (
            cut, empty, flip, scribble, gone, other_database, other_rows, other_bodies, no_bodies,
            no_results,
        )
    ),
    *((f"{tree}/.ledger", harm) for tree in ("output", ".output.next") for harm in (cut, flip)),
    *((f"{tree}/.ledger", harm) for tree in ("output", ".output.next") for harm in (empty, gone)),
    *(("output/.documents", harm) for harm in (cut, scribble, gone)),
    *(("cache/search/*/words", harm) for harm in (cut, flip, gone)),
    *(("cache/search/*/*.pf_fragment", harm) for harm in (gone, empty)),
    *(("cache/search/chunks/*", harm) for harm in (gone, empty)),
    *(("cache/cards/*", harm) for harm in (gone, empty)),
    *(("cache/images/*", harm) for harm in (gone, empty)),
    *(("cache/templates/*", harm) for harm in (cut, flip, empty, scribble)),
]  # fmt: skip


@pytest.fixture(scope="module")
def builds() -> Iterator[ForkedBuilds]:
    with forked_builds() as started:
        yield started


class TwoEditions:
    """A magazine that is built as it was and edited, by turns; what each publishes is known."""

    def __init__(self, builds: ForkedBuilds, root: Path) -> None:
        self._builds = builds
        self.magazines: list[Path] = []
        self.whole: list[dict[str, str]] = []
        self.clocks: list[int] = []
        self.turn = 0
        draft = Draft.of(root / "first")
        for edition in range(2):
            content = shutil.copytree(draft.magazine.content, root / str(edition) / "content")
            self.clocks.append(draft.now)
            self.whole.append(self.build(root / str(edition), edition))
            self.magazines.append(content)
            for n in range(4):
                edit_body(draft, n)
            set_clock(draft, 4)

    def build(self, root: Path, edition: int) -> dict[str, str]:
        magazine = MagazineFactory.__new__(MagazineFactory)
        magazine.root, magazine.content, magazine.output = root, root / "content", root / "output"
        result = self._builds.build(magazine, {}, self.clocks[edition])
        assert result.exit_code == 0, result.stderr
        return snapshot(magazine.output)

    def next(self, root: Path) -> None:
        """Build the other edition in a folder that has seen builds of both."""
        self.turn = 1 - self.turn
        shutil.copytree(self.magazines[self.turn], root / "content", dirs_exist_ok=True)
        assert self.build(root, self.turn) == self.whole[self.turn]


@pytest.fixture(scope="module")
def editions(
    builds: ForkedBuilds, tmp_path_factory: pytest.TempPathFactory
) -> tuple[TwoEditions, Path]:
    root = tmp_path_factory.mktemp("editions")
    editions = TwoEditions(builds, root)
    for _ in range(2):
        editions.next(root / "built")
    return editions, root / "built"


@pytest.mark.parametrize(
    ("pattern", "harm"), DAMAGED, ids=[f"{path} {harm.__name__}" for path, harm in DAMAGED]
)
def test_a_damaged_cache_is_noticed_and_made_again(
    editions: tuple[TwoEditions, Path], pattern: str, harm: Harm
) -> None:
    of_both, root = editions
    damaged = list(root.glob(pattern))
    assert damaged
    for file in damaged:
        detach(file)
        harm(file)
    of_both.next(root)


def detach(file: Path) -> None:
    """Give a file bytes of its own: the site may hold the same one, which stays as it is."""
    copy = file.with_name(f"{file.name}.copy")
    shutil.copyfile(file, copy)
    copy.replace(file)


def test_the_cache_of_another_magazine_is_not_taken_for_ours(
    editions: tuple[TwoEditions, Path], tmp_path: Path, builds: ForkedBuilds
) -> None:
    of_both, root = editions
    other = Draft.of(tmp_path)
    for n in range(9):
        edit_body(other, 50 + n)
    assert builds.build(other.magazine, {}).exit_code == 0
    shutil.rmtree(root / "cache")
    shutil.copytree(tmp_path / "cache", root / "cache")
    of_both.next(root)
    of_both.next(root)
