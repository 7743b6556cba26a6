"""Where the words of one page stand, in the bytes of Pagefind's index.

A posting is ``[pages since the last one, places in the text, places in what results show]``.
Places are whole numbers, each counted from the one before. In a text a negative number
changes the weight of those that follow; elsewhere it names the field.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from plugins.magazine.page import SearchRecord
from plugins.search.lexicon import USUAL_WEIGHT, Lexicon, Stem, words_of
from plugins.search.packing import numbers

FIELDS = ("byline", "date", "kind", "standfirst", "title")
"""What results show, in Pagefind's order: its index counts on it."""


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
        fields = in_fields.pop(stem, ()) if in_fields else ()
        weight, places = runs[0]
        if len(runs) == len(places) == 1 and not fields:
            yield stem, _once(weight, places[0])  # two in three
        else:
            yield stem, _posting(_weights(runs), fields)
    for stem, fields in in_fields.items():
        yield stem, _posting((), fields)


@cache
def _once(weight: int, place: int) -> Posting:
    return _posting(_weights([(weight, [place])]), ())


def _posting(in_text: Sequence[int], in_fields: Sequence[int]) -> Posting:
    return Posting(len(in_text) + len(in_fields) + 1, numbers(in_text) + numbers(in_fields))


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


def _weights(runs: list[_Run]) -> list[int]:
    """Places of each weight, those of the usual one first: it need not be said."""
    by_weight: dict[int, list[int]] = {}
    for weight, places in runs:
        by_weight[weight] = by_weight.get(weight, []) + places
    values: list[int] = []
    for weight in sorted(by_weight, key=_usual_first):
        if weight != USUAL_WEIGHT:
            values.append(-weight - 1)
        values.extend(_steps(sorted(by_weight[weight])))
    return values


def _usual_first(weight: int) -> int:
    return 0 if weight == USUAL_WEIGHT else weight


def _steps(places: Iterable[int]) -> Iterator[int]:
    last = 0
    for place in places:
        yield place - last
        last = place
