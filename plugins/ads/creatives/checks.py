"""What is wrong with the creatives of bookings, told beside all other mistakes of the content."""

from collections.abc import Iterator
from typing import NamedTuple

from plugins.ads.creatives.files import CreativeFile, WrongSizeError, file_of, kind_of
from plugins.ads.creatives.sizes import MAX_HEADLINE, MAX_WORDS, TEXT, has_words
from plugins.images.library import ImageLibrary
from plugins.images.source import ImageError
from plugins.magazine.booking import CreativeFields
from plugins.magazine.checks import broken_image, missing_image
from plugins.magazine.creative_files import CreativeFileError
from plugins.magazine.document import Document
from plugins.magazine.graph import Graph
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems
from plugins.press.kept import KeptFiles
from plugins.press.making import map_forked


class _Use(NamedTuple):
    """A creative of a booking, where it is written."""

    document: Document
    n: int
    creative: CreativeFields
    stands_in_words: bool
    """Whether some screen shows its words, having no room for any of the booking's pictures."""

    def blame(self, problems: Problems, field: str, message: str) -> None:
        line = self.document.line_of("creatives", self.n, field)
        problems.add(self.document.path, line, f"creatives.{self.n + 1}.{field}", message)


def check_creatives(graph: Graph, images: ImageLibrary, problems: Problems) -> None:
    """Every creative has the size that its booking says, can be made, and is light enough.

    Words that stand for a picture somewhere are as short as those of a creative « text »."""
    kept = KeptFiles(graph.settings.cache / "images")
    files: list[tuple[_Use, CreativeFile]] = []
    for use in _uses(graph):
        if use.creative.size == TEXT:
            _check_text(use, problems)
            continue
        if use.stands_in_words:
            _check_text(use, problems)
        name = use.creative.file or ""
        folder = (graph.settings.content / use.document.path).parent
        try:
            files.append((use, file_of(folder, use.creative, images)))
        except WrongSizeError as error:
            use.blame(problems, "size", str(error))
        except CreativeFileError as error:
            use.blame(problems, "file", str(error))
        except FileNotFoundError:
            use.blame(problems, "file", missing_image(folder, name))
        except ImageError as error:
            use.blame(problems, "file", broken_image(name, error))
    flaws = map_forked(lambda pair: pair[1].flaw(kept), files)
    for (use, _), flaw in zip(files, flaws, strict=True):
        if flaw:
            use.blame(problems, "file", flaw)


def refuse_frames(graph: Graph, problems: Problems) -> None:
    """HTML pages are no creatives where the settings do not say so; raises ``ContentError``."""
    for use in _uses(graph):
        if use.creative.file and kind_of(use.creative.file) == "framed":
            use.blame(problems, "file", tell("les créations HTML sont coupées (ADS : html5)"))
    problems.raise_any()


def _uses(graph: Graph) -> Iterator[_Use]:
    for node in graph.bookings:
        fields = node.fields
        for n, creative in enumerate(fields.creatives):
            yield _Use(node.document, n, creative, n == 0 and has_words(fields))


def _check_text(use: _Use, problems: Problems) -> None:
    limits = {"headline": MAX_HEADLINE, "alt": MAX_WORDS}
    for field, limit in limits.items():
        given = len(getattr(use.creative, field) or "")
        if given > limit:
            message = "{given} signes, {limit} au plus dans une création « text »"
            use.blame(problems, field, tell(message, given=given, limit=limit))
