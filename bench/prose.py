"""Bodies: paragraphs, headings, links, quotations, lists, tables, figures, notes."""

from dataclasses import dataclass, field
from random import Random

from bench.vocabulary import Vocabulary, vocabulary

MEAN_WORDS = 700
NOTED_SHARE, TABLE_SHARE, FIGURE_SHARE, QUOTE_SHARE, LIST_SHARE = 1 / 3, 1 / 10, 1 / 6, 1 / 5, 1 / 8
PARAGRAPHS_PER_HEADING = 3

_BEYOND = 100
"""Words that a body has beyond those asked for: the end of its last paragraph, notes, tables."""


@dataclass
class Writer:
    """Writes one text. ``links`` are targets to be worked in, each once."""

    rng: Random
    links: list[str] = field(default_factory=list)
    words: Vocabulary = field(default_factory=vocabulary)
    _notes: list[str] = field(default_factory=list)

    def body(self, count: int, figures: tuple[str, ...] = (), *, noted: bool = False) -> str:
        """About ``count`` words in parts of three paragraphs, with what such texts hold."""
        blocks, written = [self.paragraph()], 0
        while written < count:
            if len(blocks) % (PARAGRAPHS_PER_HEADING + 1) == PARAGRAPHS_PER_HEADING:
                blocks.append(f"## {self.words.phrase(self.rng, 4, 6)}")
            blocks.append(self.paragraph(noted=noted and len(self._notes) < 4))
            written = sum(block.count(" ") + 1 for block in blocks)
        for block in self._extras(figures):
            blocks.insert(self.rng.randint(2, len(blocks)), block)
        return "\n\n".join([*blocks, *self._notes]) + "\n"

    def paragraph(self, *, noted: bool = False) -> str:
        """Three to six sentences; here and there a link, emphasis, a quotation, a number."""
        sentences = [self.words.sentence(self.rng) for _ in range(self.rng.randint(3, 6))]
        sentences[-1] = self._decorated(sentences[-1])
        if self.links and self.rng.random() < 0.6:
            sentences[0] = self._linked(sentences[0])
        if noted and self.rng.random() < 0.5:
            sentences[1] = self._noted(sentences[1])
        return " ".join(sentences)

    def _decorated(self, sentence: str) -> str:
        draw, subject = self.rng.random(), self.words.subject(self.rng, 2)
        if draw < 0.15:
            return f"{sentence} Il le nomma *{subject}*, sans un mot de plus."
        if draw < 0.3:
            return f"{sentence[:-1].rstrip()} : « {self.words.sentence(self.rng)[:-1].rstrip()} »."
        if draw < 0.45:
            thousands = f"{self.rng.randint(1, 99)} {self.rng.randint(100, 999)}"
            return f"{sentence} On compta {thousands} kilomètres de {subject} au XIXe siècle."
        return sentence

    def _linked(self, sentence: str) -> str:
        words = sentence.split(" ")
        at = self.rng.randint(1, len(words) - 4)
        linked = " ".join(words[at : at + 3]).replace(",", "")
        return " ".join([*words[:at], f"[{linked}]({self.links.pop()})", *words[at + 3 :]])

    def _noted(self, sentence: str) -> str:
        number = len(self._notes) + 1
        self._notes.append(f"[^{number}]: {self.words.sentence(self.rng)}")
        return f"{sentence[:-1].rstrip()}[^{number}]."

    def _extras(self, figures: tuple[str, ...]) -> list[str]:
        extras = [self.figure(name) for name in figures]
        shares = ((TABLE_SHARE, self.table), (QUOTE_SHARE, self.quotation), (LIST_SHARE, self.list))
        return extras + [write() for share, write in shares if self.rng.random() < share]

    def figure(self, name: str) -> str:
        """An image alone in its paragraph, with alternative text, caption and credit."""
        alt, caption = self.words.phrase(self.rng, 6, 10), self.words.sentence(self.rng)
        credit = self.words.phrase(self.rng, 2, 3)
        wide = "{.figure-wide}" if self.rng.random() < 0.2 else ""
        return f'![{alt}]({name} "{caption} | {credit}"){wide}'

    def table(self) -> str:
        """Three columns, four to eight rows."""
        head = [self.words.phrase(self.rng, 1, 2) for _ in range(3)]
        rows = [
            f"| {self.words.phrase(self.rng, 1, 3)} | {self.rng.randint(1750, 2020)} "
            f"| {self.words.subject(self.rng, 2)} |"
            for _ in range(self.rng.randint(4, 8))
        ]
        return "\n".join([f"| {' | '.join(head)} |", "|---|---:|---|", *rows])

    def quotation(self) -> str:
        """Two sentences that somebody else wrote."""
        return f"> {self.words.sentence(self.rng)} {self.words.sentence(self.rng)}"

    def list(self) -> str:
        """Three to six items."""
        items = (self.words.sentence(self.rng) for _ in range(self.rng.randint(3, 6)))
        return "\n".join(f"- {item}" for item in items)


def length(rng: Random) -> int:
    """Words to ask for: most are near the mean, a few are half or twice as long."""
    asked = MEAN_WORDS - _BEYOND
    return round(min(2.5, max(0.4, rng.lognormvariate(-0.06, 0.35))) * asked)
