"""Cuts the words of an index into the files that Pagefind fetches, and those again that changed.

A chunk ends where it has said so many numbers; so what an edit adds to one may move the bounds of
those after it, as far as the next bound that stays.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from plugins.search.join import join_chains
from plugins.search.packing import array, natural, text
from plugins.search.shard import Chain
from plugins.search.words import Change, Chunk, Forms

SIZE = 20_000
"""How many numbers close a chunk of the index: Pagefind's own measure, which counts no accents."""

EVERY_PAGE = "\U0010fffd"
"""The last of the characters for private use; the search page's script names it too."""

_NO_CHAIN = Chain(0, 0, 0, 0, b"")

Write = Callable[[bytes], str]
"""Writes a chunk; returns the name of its content."""


class Chunker:
    """Makes chunks of words, on pages that count from the start of their part."""

    def __init__(self, change: Change, starts: Mapping[str, int], write: Write) -> None:
        self._change, self._starts, self._write = change, starts, write

    def bring_up(self, former: Sequence[Chunk], stems: Iterable[str]) -> Iterator[Chunk]:
        """The chunks of all words, of which some stems say something else than in the former."""
        firsts = [chunk.first for chunk in former]
        stale = {max(bisect_right(firsts, stem) - 1, 0) for stem in stems}
        at = 0
        while at < len(former):
            if at not in stale:
                yield former[at]
                at += 1
                continue
            end = None
            for chunk, end in self._made_from(former[at].first if at else ""):
                yield chunk
                if end in firsts[at + 1 :]:
                    break
            at = firsts.index(end, at + 1) if end else len(former)
        if not former:
            yield from (chunk for chunk, _ in self._made_from(""))

    def _made_from(self, first: str) -> Iterator[tuple[Chunk, str | None]]:
        """Chunks from a stem on, each with the first stem after it."""
        size, stems, words = 0, list[str](), list[bytes]()
        for stem, forms in self._change.words_from(first):
            if size >= SIZE:
                yield self._chunk(stems, words), stem
                size, stems, words = 0, [], []
            chains = self._joined(forms)
            stems.append(stem)
            words.append(encoded_word(stem, chains))
            size += chains.get("", _NO_CHAIN).size
        if stems:
            yield self._chunk(stems, words), None

    def _joined(self, forms: Forms) -> dict[str, Chain]:
        return {form: join_chains(chains, self._starts) for form, chains in forms.items()}

    def _chunk(self, stems: list[str], words: list[bytes]) -> Chunk:
        return Chunk(stems[0], stems[-1], self._write(encoded_chunk(words)))


def every_page(pages: int) -> bytes:
    """The chunk of a word that stands on every page, and nowhere on it.

    It finds what filters alone ask for: without a word, Pagefind 1.5 fetches the whole index.
    """
    nowhere = array(0) * 2
    following = (array(3) + natural(1) + nowhere) * (pages - 1)
    chain = Chain(pages, pages, 0, pages - 1, nowhere + following)
    return encoded_chunk([encoded_word(EVERY_PAGE, {"": chain})])


def encoded_chunk(words: list[bytes]) -> bytes:
    """A chunk of encoded words."""
    return array(1) + array(len(words)) + b"".join(words)


def encoded_word(stem: str, forms: Mapping[str, Chain]) -> bytes:
    """A word with the pages that it is on, and for each of its accented forms those of it."""
    accented = sorted(form for form in forms if form)
    variants = (array(2) + text(form) + _postings(forms[form]) for form in accented)
    bare = _postings(forms.get("", _NO_CHAIN))
    return b"".join((array(3), text(stem), bare, array(len(accented)), *variants))


def _postings(chain: Chain) -> bytes:
    if not chain.count:
        return array(0)
    return array(chain.count) + array(3) + natural(chain.first) + chain.places


def shortened(chunks: Sequence[Chunk]) -> Iterator[tuple[str, str]]:
    """What chunks answer for, in as few letters as tell one from the next, as Pagefind says it."""
    first = chunks[0].first if chunks else ""
    following = [chunk.first for chunk in chunks[1:]]
    for chunk, after in zip(chunks, [*following, ""], strict=True):
        end = chunk.last
        pairs = zip(end, after, strict=False)
        alike = next((at for at, (one, other) in enumerate(pairs) if one != other), len(end))
        short = end[: alike + 1] if after else end
        yield first, short if short >= chunk.first else end
        first = after[: alike + 1]
