"""Recall and false alarms: ``python -m bench.sensitive.measure held`` (``make measure-sensitive``).

A painful passage that is excluded counts for recall, a harmless one for false alarms. Long texts
are made of harmless passages in changing orders, « traps » left out, some with three painful
passages of one class in the middle, some with one.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from bench.sensitive.passages import HARMLESS, PASSAGES, Passage, passages
from plugins.ads.sensitive.judge import Judge
from plugins.ads.sensitive.lexicon import CLASSES

_LONG_TEXTS = 100
_LONG_PASSAGES = 36  # about a thousand words
_PAINFUL_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """Of ``given`` texts with this label, ``excluded`` were."""

    label: str
    given: int
    excluded: int

    @property
    def share(self) -> float:
        """Excluded ones, of 1."""
        return self.excluded / self.given if self.given else 0.0


def measure(judge: Judge, part: Sequence[Passage]) -> tuple[Measured, ...]:
    """What the judge says of a part's passages: all painful ones, all harmless ones, each label."""
    said = [(passage, judge.judge_text(passage.text).class_) for passage in part]
    painful = [class_ for passage, class_ in said if passage.painful]
    harmless = [class_ for passage, class_ in said if not passage.painful]
    by_label = (
        _measured(label, [class_ for passage, class_ in said if passage.label == label])
        for label in (*CLASSES, *HARMLESS)
    )
    return (_measured("all painful", painful), _measured("all harmless", harmless), *by_label)


def measure_long(judge: Judge, part: Sequence[Passage]) -> tuple[Measured, ...]:
    """The same of long texts; then of long texts with one painful passage alone."""
    random = Random(1865)  # noqa: S311 - orders that are the same each time
    plain = [passage.text for passage in part if passage.label == "harmless"]
    ordinary: list[str | None] = []
    painful: list[str | None] = []
    scarcely: list[str | None] = []
    for at in range(_LONG_TEXTS):
        texts = random.sample(plain, min(_LONG_PASSAGES, len(plain)))
        ordinary.append(judge.judge_text(" ".join(texts)).class_)
        middle, found = len(texts) // 2, _of(part, CLASSES[at % len(CLASSES)])
        for count, judged in ((_PAINFUL_PASSAGES, painful), (1, scarcely)):
            told = [*texts[:middle], *random.sample(found, count), *texts[middle:]]
            judged.append(judge.judge_text(" ".join(told)).class_)
    return (
        _measured("long painful", painful),
        _measured("long harmless", ordinary),
        _measured("one in long", scarcely),
    )


def _of(part: Sequence[Passage], class_: str) -> list[str]:
    return [passage.text for passage in part if passage.label == class_]


def _measured(label: str, said: Sequence[str | None]) -> Measured:
    return Measured(label, len(said), sum(class_ is not None for class_ in said))


def _lines(measures: Sequence[Measured]) -> Iterator[str]:
    for one in measures:
        yield f"{one.label:>14}  {one.excluded:3} of {one.given:3} excluded  {one.share:6.1%}"


def main() -> None:
    """Prints a part's measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=("development", "held"))
    part = passages(PASSAGES / parser.parse_args().part)
    judge = Judge.load()
    print("\n".join(_lines((*measure(judge, part), *measure_long(judge, part)))))


if __name__ == "__main__":
    main()
