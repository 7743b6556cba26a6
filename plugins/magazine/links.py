"""Where a link written in a text leads, or why it leads nowhere."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from plugins.magazine.document import Document
from plugins.magazine.graph import Article, Graph, Issue, Node, Person
from plugins.magazine.messages import tell
from plugins.magazine.problems import did_you_mean
from plugins.magazine.schema import Entry, EventFields, PageFields, ResearchFields

_OUTSIDE = frozenset({"http", "https", "mailto", "tel"})
_KINDS = frozenset({"issue", "article", "people", "research", "event", "page"})


class BrokenLink(ValueError):  # noqa: N818 (it is what it says)
    """The link leads nowhere; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads; ``download`` is a file that has to be published with the page."""

    url: str
    download: Path | None = None


@dataclass
class LinkResolver:
    """Knows every address and every fragment of the site."""

    content: Path
    _by_name: dict[str, Node[Entry]] = field(default_factory=dict)
    _by_path: dict[PurePosixPath, Node[Entry]] = field(default_factory=dict)
    _by_url: dict[str, Node[Entry] | None] = field(default_factory=dict)
    _ambiguous: set[str] = field(default_factory=set)
    _named_before: dict[str, Target] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: Graph, addresses: Iterable[str]) -> "LinkResolver":
        """A resolver for a graph and the addresses of the pages that no file stands for."""
        resolver = cls(graph.settings.content)
        resolver._by_url.update(dict.fromkeys(addresses))
        for node in graph.nodes:
            resolver._by_path[node.document.path] = node
            resolver._by_url[node.url] = node
            for name in _names(node):
                if name in resolver._by_name:
                    resolver._ambiguous.add(name)
                resolver._by_name[name] = node
        return resolver

    def resolve(self, target: str, document: Document) -> Target:
        """Where ``target``, written in ``document``, leads; raises :class:`BrokenLink`."""
        known = self._named_before.get(target)
        if known:
            return known
        parts = _split(target)
        if parts.scheme in _OUTSIDE:
            return Target(target)
        if parts.scheme in _KINDS:
            found = self._named(parts.scheme, unquote(parts.path), parts.fragment)
            if not parts.fragment:  # texts that are read again may have other passages
                self._named_before[target] = found
            return found
        if parts.scheme or parts.netloc:
            raise BrokenLink(tell("« {target} » n’est pas une adresse permise", target=target))
        if not parts.path:
            return Target(_with_fragment("", parts.fragment, document.outline.ids, target))
        if parts.path.startswith("/"):
            return self._address(parts.path, parts.fragment, target)
        return self._beside(document, unquote(parts.path), parts.fragment, target)

    def _named(self, kind: str, slug: str, fragment: str) -> Target:
        name = f"{kind}:{slug}"
        if name in self._ambiguous:
            raise BrokenLink(tell("« {name} » : plusieurs, écrivez article:numero/nom", name=name))
        if name not in self._by_name:
            unknown = tell("lien vers « {name} », qui n’existe pas", name=name)
            prefix = f"{kind}:"
            same_kind = (n.removeprefix(prefix) for n in self._by_name if n.startswith(prefix))
            raise BrokenLink(unknown + did_you_mean(slug, same_kind, prefix))
        node = self._by_name[name]
        return Target(_with_fragment(node.url, fragment, node.outline.ids, f"{name}#{fragment}"))

    def _address(self, path: str, fragment: str, target: str) -> Target:
        if path not in self._by_url:
            unknown = tell("lien vers « {target} », qui n’existe pas", target=target)
            raise BrokenLink(unknown + did_you_mean(path, self._by_url))
        node = self._by_url[path]
        return Target(_with_fragment(path, fragment, node.outline.ids if node else None, target))

    def _beside(self, document: Document, path: str, fragment: str, target: str) -> Target:
        inside = _inside(document.path.parent, path.removeprefix("{filename}"), target)
        if inside.suffix == ".md":
            if inside not in self._by_path:
                unknown = tell("lien vers « {target} », qui n’existe pas", target=target)
                raise BrokenLink(unknown + did_you_mean(str(inside), map(str, self._by_path)))
            node = self._by_path[inside]
            return Target(_with_fragment(node.url, fragment, node.outline.ids, target))
        file = self.content / inside
        if not file.is_file():
            raise BrokenLink(tell("le fichier « {target} » n’existe pas", target=target))
        return Target("", download=file)


@lru_cache(100_000)
def _split(target: str) -> SplitResult:
    try:
        return urlsplit(target)
    except ValueError as error:
        unreadable = tell("« {target} » n’est pas une adresse permise", target=target)
        raise BrokenLink(unreadable) from error


def _names(node: Node[Entry]) -> list[str]:
    if isinstance(node, Article):
        own = [f"article:{node.slug}"]
        return [*own, f"article:{node.issue.slug}/{node.slug}"] if node.issue else own
    if isinstance(node, Issue):
        return [f"issue:{node.slug}"]
    if isinstance(node, Person):
        return [f"people:{node.slug}"]
    kinds: dict[type[Entry], str] = {
        ResearchFields: "research",
        EventFields: "event",
        PageFields: "page",
    }
    return [f"{kinds[type(node.document.fields)]}:{node.slug}"]


def _with_fragment(url: str, fragment: str, ids: Iterable[str] | None, target: str) -> str:
    if not fragment:
        return url
    if ids is not None and unquote(fragment) not in ids:
        missing = tell("« {target} » : ce passage n’existe pas", target=target)
        raise BrokenLink(missing + did_you_mean(fragment, ids))
    return f"{url}#{fragment}"


def _inside(folder: PurePosixPath, path: str, target: str) -> PurePosixPath:
    start = "" if path.startswith("/") else str(folder)
    joined = posixpath.normpath(posixpath.join(start, path.lstrip("/")))
    if joined.startswith(".."):
        raise BrokenLink(tell("« {target} » sort du dossier du magazine", target=target))
    return PurePosixPath(joined)


def image_path(content: Path, document: Document, target: str) -> Path:
    """The file of an image written in a document; raises :class:`BrokenLink`."""
    return _image_path(content, document.path.parent, target)


@lru_cache(100_000)
def _image_path(content: Path, folder: PurePosixPath, target: str) -> Path:
    parts = _split(target)
    if parts.scheme or parts.netloc:
        own = tell("« {target} » : l’image doit être un fichier du magazine", target=target)
        raise BrokenLink(own)
    return content / _inside(folder, unquote(parts.path), target)
