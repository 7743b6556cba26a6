"""What of a document may change while all that stands around it stays as it is.

Links between documents, orders of lists, addresses and gates are worked out from all documents
together. They are kept as they are where an edit changes none of the fields that they hang on.
"""

from collections.abc import Collection, Sequence
from dataclasses import fields
from pathlib import Path

from plugins.magazine.document import Document
from plugins.magazine.links import Target
from plugins.magazine.schema import (
    ArticleFields,
    Entry,
    EventFields,
    IssueFields,
    NominationFields,
    PageFields,
    PersonFields,
    ResearchFields,
)

FREE: dict[type[Entry], frozenset[str]] = {
    ArticleFields: frozenset({"title", "standfirst", "sources"}),
    EventFields: frozenset({"title", "description", "sources"}),
    IssueFields: frozenset({"description", "sources"}),
    NominationFields: frozenset({"position", "organisation", "sources"}),
    PageFields: frozenset({"description", "sources"}),
    PersonFields: frozenset({"description", "sources"}),
    ResearchFields: frozenset({"title", "standfirst", "sources"}),
}
"""Fields that only the pages show that are known to show the document.

Not the title of an issue, nor the name of a person: they stand in bylines, which say where they
come from nowhere. Not a correction, whose date is in the site map.
"""


def keeps_shape(former: Document, now: Document) -> bool:
    """Whether a document differs from what it was in its text and its free fields only.

    Words of a title may lead on to other articles all the same: ``Related.stays`` tells.
    """
    return (
        type(former.fields) is type(now.fields)
        and type(now.fields) in FREE
        and (former.slug, former.issue) == (now.slug, now.issue)
        and _bound(former.fields) == _bound(now.fields)
        and _images(former) == _images(now)
    )


def keeps_files(
    former: tuple[Document, Sequence[Target]], now: tuple[Document, Sequence[Target]]
) -> bool:
    """Whether a document links to the same files of the magazine as it did."""
    return _files(*former) == _files(*now)


def loses_linked(former: Document, now: Document, url: str, linked: Collection[str]) -> bool:
    """Whether a fragment has gone that another text links to."""
    return any(f"{url}#{gone}" in linked for gone in former.outline.ids - now.outline.ids)


def _bound(entry: Entry) -> dict[str, object]:
    free = FREE[type(entry)]
    return {f.name: getattr(entry, f.name) for f in fields(entry) if f.name not in free}


def _images(document: Document) -> list[tuple[str, bool, str]]:
    return [(use.target, use.gated, use.credit) for use in document.outline.images]


def _files(document: Document, targets: Sequence[Target]) -> list[tuple[Path, bool]]:
    uses = zip(document.outline.links, targets, strict=True)
    return [(t.download, use.gated) for use, t in uses if t.download is not None]
