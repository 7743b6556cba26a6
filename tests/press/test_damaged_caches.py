"""What is kept from build to build may be damaged or foreign: it is noticed, never trusted."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from draft import DAY_SECONDS, Draft, change_image, edit_body
from magazine_factory import NOW, MagazineFactory
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
    *(("output/.ledger", harm) for harm in (cut, flip, empty, gone)),
    *(("cache/search/*/words", harm) for harm in (cut, flip, gone)),
    *(
        ("cache/search/words.sqlite", harm)
        for harm in (cut, empty, flip, scribble, gone, other_database)
    ),
    *(("cache/search/*/*.pf_fragment", harm) for harm in (gone, empty, flip, scribble)),
    *(("cache/search/chunks/*", harm) for harm in (gone, empty, flip, scribble)),
    *(("cache/cards/*", harm) for harm in (gone, empty, cut, flip, scribble)),
    *(("cache/images/*", harm) for harm in (gone, empty, cut, flip, scribble)),
    *(("cache/templates/*", harm) for harm in (cut, flip, empty, scribble)),
]  # fmt: skip


class Editions:
    """Three states of a magazine that follow each other; what each publishes is known.

    No tree has the next one: the one published holds the last, the one aside the one before.
    """

    def __init__(self, root: Path) -> None:
        self.turn = 0
        self._contents: list[Path] = []
        self._whole: list[dict[str, str]] = []
        draft = Draft.of(root / "draft")
        for edition in range(3):
            folder = root / f"alone-{edition}"
            self._contents.append(shutil.copytree(draft.magazine.content, folder / "content"))
            self._whole.append(self._build(folder, edition))
            for n in range(4):
                edit_body(draft, n)
            change_image(draft, edition)

    def _build(self, root: Path, edition: int) -> dict[str, str]:
        magazine = MagazineFactory.__new__(MagazineFactory)
        magazine.root, magazine.content, magazine.output = root, root / "content", root / "output"
        settings = {"MAGAZINE": {"tagline": f"Tirage {edition}"}}
        now = str(NOW + 30 * edition * DAY_SECONDS)
        result = magazine.build(settings=settings, SOURCE_DATE_EPOCH=now)
        assert result.exit_code == 0, result.stderr
        return snapshot(magazine.output)

    def next(self, root: Path) -> None:
        """Build the next edition in a folder that has seen builds of the others."""
        self.turn = (self.turn + 1) % 3
        shutil.copytree(self._contents[self.turn], root / "content", dirs_exist_ok=True)
        assert self._build(root, self.turn) == self._whole[self.turn]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Editions, Path]:
    root = tmp_path_factory.mktemp("editions")
    editions = Editions(root)
    for _ in range(3):
        editions.next(root / "built")
    return editions, root / "built"


@pytest.mark.parametrize(
    ("pattern", "harm"), DAMAGED, ids=[f"{path} {harm.__name__}" for path, harm in DAMAGED]
)
def test_a_damaged_cache_is_noticed_and_made_again(
    editions: tuple[Editions, Path], pattern: str, harm: Harm
) -> None:
    all_three, root = editions
    damaged = [path for path in root.glob(pattern) if path.is_file()]
    assert damaged
    for file in damaged:
        harm(file)
    all_three.next(root)


@pytest.mark.parametrize("harm", [empty, cut, flip, scribble])
def test_where_no_site_stands_damaged_files_are_not_published(
    editions: tuple[Editions, Path], harm: Harm
) -> None:
    all_three, root = editions
    for tree in ("output", ".output.next"):
        shutil.rmtree(root / tree)
    kept = [path for name in ("cards", "images") for path in (root / "cache" / name).iterdir()]
    kept += [*root.glob("cache/search/*/*.pf_fragment"), *root.glob("cache/search/chunks/*")]
    assert len(kept) > 40
    for path in kept:
        harm(path)
    all_three.next(root)


@pytest.mark.parametrize("harm", [cut, scribble, empty, gone])
def test_where_it_is_unknown_what_was_published_the_build_goes_on(
    editions: tuple[Editions, Path], harm: Harm
) -> None:
    """All of the public tree is audited then."""
    all_three, root = editions
    documents = root / "output" / ".documents"
    before = documents.read_bytes()
    harm(documents)
    all_three.next(root)
    (root / ".output.next" / ".documents").write_bytes(before)  # the tree is there no more


def test_the_cache_of_another_magazine_is_not_taken_for_ours(
    editions: tuple[Editions, Path], tmp_path: Path
) -> None:
    all_three, root = editions
    other = Draft.of(tmp_path)
    for n in range(9):
        edit_body(other, 50 + n)
    assert other.build().exit_code == 0
    shutil.rmtree(root / "cache")
    shutil.copytree(tmp_path / "cache", root / "cache")
    all_three.next(root)
    all_three.next(root)
