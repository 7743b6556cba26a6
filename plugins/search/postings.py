"""Where the words of one page stand, in the bytes of Pagefind's index.

A posting is ``[pages since the last one, places in the text, places in what results show]``.
Places are whole numbers, each counted from the one before. In a text a negative number
changes the weight of those that follow; elsewhere it names the field.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plugins.magazine.page import SearchRecord
from plugins.search.lexicon import USUAL_WEIGHT, Lexicon, Stem, words_of
from plugins.search.packing import array, negative, numbers, numbers_in

FIELDS = ("byline", "date", "kind", "standfirst", "title")
"""What results show, in Pagefind's order: its index counts on it."""
_NOWHERE = array(0)


class Posting(NamedTuple):
    """The bytes of a posting but for its first number, and how many numbers it is of."""

    size: int
    places: bytes


_Run = tuple[int, list[int]]
"""A weight, and the places that have it."""


def shown(record: SearchRecord) -> dict[str, str]:
    """What a result shows of a record, blanks as Pagefind leaves them."""
    said = {**record.meta, "kind": record.kind, "title": record.title}
    unknown = said.keys() - set(FIELDS)
    if unknown:
        raise ValueError(f"search knows no field {', '.join(sorted(unknown))}")
    tidy = ((name, " ".join(said.get(name, "").split())) for name in FIELDS)
    return {name: value for name, value in tidy if value}


def postings(record: SearchRecord, lexicon: Lexicon) -> Iterator[tuple[Stem, Posting]]:
    """Where each word of a page stands."""
    in_fields = _in_fields(shown(record), lexicon)
    for stem, runs in _runs(record.text, lexicon).items():
        size, places = _one_weight(*runs[0]) if len(runs) == 1 else _weights(runs)
        fields = in_fields.pop(stem, None) if in_fields else None
        if fields is None:
            yield stem, Posting(size, places + _NOWHERE)
        else:
            yield stem, Posting(size + len(fields), places + numbers(fields))
    for stem, fields in in_fields.items():
        yield stem, Posting(1 + len(fields), _NOWHERE + numbers(fields))


def _in_fields(values: dict[str, str], lexicon: Lexicon) -> dict[Stem, list[int]]:
    found: dict[Stem, list[int]] = {}
    for number, name in enumerate(FIELDS):
        for stem, runs in _runs(values.get(name, ""), lexicon).items():
            places = sorted(place for _, run in runs for place in run)
            found.setdefault(stem, []).extend((-number - 1, *_steps(places)))
    return found


def _runs(text: str, lexicon: Lexicon) -> dict[Stem, list[_Run]]:
    """For each stem the weights it has, and its places at each."""
    at: dict[str, list[int]] = {}
    for place, word in enumerate(words_of(text)):
        if word in at:
            at[word].append(place)
        else:
            at[word] = [place]
    runs: dict[Stem, list[_Run]] = {}
    for word, places in at.items():
        for stem, weight in lexicon[word]:
            if stem in runs:
                runs[stem].append((weight, places))
            else:
                runs[stem] = [(weight, places)]
    return runs


def _one_weight(weight: int, places: list[int]) -> tuple[int, bytes]:
    """The list of places of one weight. Most words come once: this is where time goes."""
    if weight == USUAL_WEIGHT:
        return len(places) + 1, array(len(places)) + numbers_in(_steps(places))
    said = array(len(places) + 1) + negative(-weight - 1)
    return len(places) + 2, said + numbers_in(places if len(places) == 1 else _steps(places))


def _weights(runs: list[_Run]) -> tuple[int, bytes]:
    """Places of several weights, those of the usual one first: it need not be said."""
    values: list[int] = []
    for weight in sorted({weight for weight, _ in runs}, key=_usual_first):
        places = (place for its, run in runs if its == weight for place in run)
        if weight != USUAL_WEIGHT:
            values.append(-weight - 1)
        values.extend(_steps(sorted(places)))
    return len(values) + 1, numbers(values)


def _usual_first(weight: int) -> int:
    return 0 if weight == USUAL_WEIGHT else weight


def _steps(places: Iterable[int]) -> Iterator[int]:
    last = 0
    for place in places:
        yield place - last
        last = place
