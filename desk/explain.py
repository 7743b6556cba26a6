"""Why a file of the output was made, or kept: by its key, then and now."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins.access.watch import Documents, published_documents
from plugins.magazine.edition import Edition
from plugins.magazine.keys import PART_BYTES, PARTS, changed_parts
from plugins.magazine.messages import tell
from plugins.magazine.page import Page
from plugins.press.ledger import Entries, read_ledger

MANY = 8
"""More changed texts than that are not all named."""

_REASONS = {
    "template": "son gabarit (theme/templates) a changé",
    "magazine": "les réglages, les rubriques, les mots de l’interface ou le programme ont changé",
    "text": "son texte, ses images, ses liens ou son accès ont changé",
    "shown": "ce qu’elle montre d’autres textes a changé : un titre, une date, une image, un nom",
    "place": "sa place dans le magazine a changé : ses voisines, ses listes, ses nombres",
    "ad": "la publicité qu’elle porte a changé",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood in a tree: its files with their keys, the documents it was made from."""

    entries: Entries
    documents: Documents

    @classmethod
    def of(cls, folder: Path) -> "Standing | None":
        """What is known of a tree, if anything."""
        entries = read_ledger(folder)
        return None if entries is None else cls(entries, published_documents(folder) or {})


def paths_of(asked: str, entries: Entries, output: Path, edition: Edition) -> list[str]:
    """Files that are meant by an address, whole or not, by a path in the output, or by a text."""
    found = _made_of(asked, edition)
    if not found:
        file, folder = Path(asked.partition("#")[0]).absolute(), output.absolute()
        if file.is_relative_to(folder):
            asked = file.relative_to(folder).as_posix()
        name = unquote(urlsplit(asked).path).strip("/")
        found = [f"{tree}{stem}" for tree in ("", "public/", "members/") for stem in _stems(name)]
    return [path for path in dict.fromkeys(found) if path in entries]


def _made_of(asked: str, edition: Edition) -> list[str]:
    """Pages about a text; of one without a page of its own, those that show it."""
    content = edition.settings.content.resolve()
    files = [Path(asked).resolve(), (content / asked).resolve()]
    inside = [file.relative_to(content) for file in files if file.is_relative_to(content)]
    node = next((n for path in inside if (n := edition.node_at.get(path.as_posix()))), None)
    if node is None:
        return []
    about = [page for page in edition.pages if page.about is node]
    shown = about or [page for page in edition.pages if node in page.shows]
    return [f"{page.tree}/{page.path}" for page in shown]


def _stems(name: str) -> tuple[str, ...]:
    return name, f"{name}/index.html".lstrip("/"), f"{name}/"


def explain(
    path: str, edition: Edition, before: Standing | None, now: Standing, *, kept: str
) -> Iterator[str]:
    """Lines that say why a file is as it is; ``kept`` is what to say when nothing changed."""
    if before is None:
        yield tell("{path} : fait, car rien n’était connu d’avant.", path=path)
        return
    then, key = before.entries.get(path), now.entries[path]
    if then is None:
        yield tell("{path} : nouveau, rien n’était publié à cette adresse.", path=path)
    elif not key:
        yield tell("{path} : écrit à chaque construction par un greffon.", path=path)
    elif then == key:
        yield kept
        return
    else:
        yield from _changes(path, then, key)
    yield from _texts(_page_at(path, edition), before.documents, now.documents)


def _changes(path: str, then: bytes, key: bytes) -> Iterator[str]:
    yield tell("{path} : refait, car :", path=path)
    if len(then) == len(key) == PART_BYTES * len(PARTS):
        yield from (f"  - {tell(_REASONS[part])}" for part in changed_parts(then, key))
    else:
        yield f"  - {tell('ce dont il est fait a changé')}"


def _page_at(path: str, edition: Edition) -> Page | None:
    return next((page for page in edition.pages if f"{page.tree}/{page.path}" == path), None)


def _texts(page: Page | None, before: Documents, now: Documents) -> Iterator[str]:
    """Content files that changed meanwhile: those that the page shows, else all."""
    changed = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
    nodes = (*((page.about,) if page.about else ()), *page.shows) if page else ()
    shown = [path for path in dict.fromkeys(str(n.document.path) for n in nodes) if path in changed]
    named = shown or sorted(changed)
    if named:
        yield tell("Textes changés, ajoutés ou retirés qui ont pu y mener :")
        yield from (f"  {path}" for path in named[:MANY])
    if len(named) > MANY:
        yield tell("  … et {n} autres", n=len(named) - MANY)
