"""Long lists on several pages: nothing lost, nothing twice, every page reached."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_process import edition_of
from magazine_factory import MagazineFactory

from plugins.magazine.compose.composer import Composer
from plugins.magazine.links import LinkResolver
from plugins.magazine.page_views import ListView
from plugins.magazine.parts import Pager


@pytest.fixture(scope="module")
def composer(tmp_path_factory: pytest.TempPathFactory) -> Composer:
    edition = edition_of(MagazineFactory(tmp_path_factory.mktemp("pager")))
    resolver = LinkResolver.of(edition.graph, ())
    return Composer(edition.graph, edition.images, resolver, edition.catalogue)


def _cut(composer: Composer, count: int, size: int) -> list[tuple[str, Pager, Sequence[int]]]:
    return list(composer.pages_of(range(count), "/liste/", size))


@given(count=st.integers(0, 200), size=st.integers(1, 30))
def test_every_item_is_on_one_page_in_order(composer: Composer, count: int, size: int) -> None:
    pages = _cut(composer, count, size)
    assert [item for _, _, items in pages for item in items] == list(range(count))
    assert all(len(items) == size for _, _, items in pages[:-1])


@given(count=st.integers(0, 200), size=st.integers(1, 30))
def test_every_page_leads_to_its_neighbours_and_knows_them_all(
    composer: Composer, count: int, size: int
) -> None:
    pages = _cut(composer, count, size)
    addresses = [at for at, _, _ in pages]
    assert len(set(addresses)) == len(addresses)
    for n, (at, pager, _) in enumerate(pages):
        assert pager.urls[pager.number - 1] == at
        assert pager.urls == tuple(addresses)
        assert pager.count == len(pages)
        assert pager.previous_url == (addresses[n - 1] if n else "")
        assert pager.next_url == (addresses[n + 1] if n + 1 < len(pages) else "")


def test_the_first_page_has_the_address_of_the_list(composer: Composer) -> None:
    assert [at for at, _, _ in _cut(composer, 5, 2)] == [
        "/liste/", "/liste/page/2/", "/liste/page/3/",
    ]  # fmt: skip


def test_an_empty_list_has_one_page(composer: Composer) -> None:
    ((at, pager, items),) = _cut(composer, 0, 10)
    assert (at, pager.count, list(items)) == ("/liste/", 1, [])


def test_a_section_that_grows_takes_a_second_page(magazine: MagazineFactory) -> None:
    for n in range(4):
        magazine.article(f"articles/a{n}.md", section="histoire", date=f"2026-10-0{n + 1}")
    pages = {page.url: page.view for page in edition_of(magazine, per_page=3).pages}
    first, second = pages["/rubriques/histoire/"], pages["/rubriques/histoire/page/2/"]
    assert isinstance(first, ListView)
    assert isinstance(second, ListView)
    assert [card.url for card in (*first.articles, *second.articles)] == [
        f"/articles/a{n}/" for n in (3, 2, 1, 0)
    ]
    assert "/rubriques/histoire/page/3/" not in pages
