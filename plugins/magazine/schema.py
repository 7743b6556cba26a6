"""The schema of every kind of content: what an editor may and must write."""

from typing import Any, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic import ValidationInfo as Info
from pydantic_core import PydanticKnownError

from plugins.magazine.ad_fields import AdLink, Name
from plugins.magazine.dates import Moment, PartialDate
from plugins.magazine.fields import (
    Access,
    CorrectionFields,
    Day,
    HonourFields,
    ImageFields,
    Partial,
    SectionSlug,
    Slug,
    SourceFields,
    Text,
    ThemeSlug,
    WebAddress,
    When,
    fields,
    wrong,
)
from plugins.magazine.messages import tell


@fields
class Entry:
    """What every kind may carry. ``slug`` defaults to the file's or the folder's name."""

    kind: ClassVar[str]
    slug: Slug | None = None
    sources: tuple[SourceFields, ...] = ()


@fields
class DossierFields:
    """An issue's leading theme; ``articles`` are slugs of this issue."""

    title: Text
    introduction: Text | None = None
    articles: tuple[Slug, ...] = Field(min_length=1)


@fields
class IssueFields(Entry):
    """``issues/<slug>/issue.md``; the body is the editorial."""

    kind: ClassVar[str] = "issue"
    number: int = Field(ge=0)
    title: Text
    date: Day
    description: Text
    cover: ImageFields
    access: Access = "public"
    opens: Day | None = None
    authors: tuple[Slug, ...] = ()
    dossier: DossierFields | None = None
    articles: tuple[Slug, ...] = ()


@fields
class AdvertorialFields:
    """Who pays for a text, and where they are."""

    advertiser: Name
    link: AdLink | None = None


@fields
class ArticleFields(Entry):
    """An article, in an issue's folder or under ``articles/`` (then ``issue`` may name one)."""

    kind: ClassVar[str] = "article"
    title: Text
    standfirst: Text
    date: Day
    section: SectionSlug
    themes: tuple[ThemeSlug, ...] = Field(min_length=1)
    advertorial: AdvertorialFields | None = None
    authors: tuple[Slug, ...]
    """Nobody for an advertorial: whoever paid signs it."""
    people: tuple[Slug, ...] = ()
    access: Access | None = None
    opens: Day | None = None
    issue: Slug | None = None
    order: int | None = None
    genre: Literal["article", "interview", "essay", "archive", "obituary"] = "article"
    image: ImageFields | None = None
    corrections: tuple[CorrectionFields, ...] = ()
    ads: Literal["allowed", "none", "checked"] = "allowed"
    """``checked``: an editor has read that nothing in the text keeps ads away."""

    @model_validator(mode="before")
    @classmethod
    def _leave_out_authors_of_advertorials(cls, given: Any) -> Any:
        return {**given, "authors": ()} if given.get("advertorial") else given

    @field_validator("authors")
    @classmethod
    def _is_signed(cls, authors: tuple[Slug, ...], info: Info) -> tuple[Slug, ...]:
        if not authors and info.data.get("advertorial", "wrong") is None:
            size = {"field_type": "Tuple", "min_length": 1, "actual_length": 0}
            raise PydanticKnownError("too_short", size)
        return authors


@fields
class PersonFields(Entry):
    """``people/<slug>.md``; the body is the biography."""

    kind: ClassVar[str] = "person"
    name: Text
    sort_name: Text
    class_year: int | None = Field(None, ge=1700, le=2200)
    born: Partial | None = None
    died: Partial | None = None
    birthplace: Text | None = None
    deathplace: Text | None = None
    description: Text
    themes: tuple[ThemeSlug, ...] = ()
    portrait: ImageFields | None = None
    honours: tuple[HonourFields, ...] = ()
    collective: bool = False

    @field_validator("died")
    @classmethod
    def _lives_forwards(cls, died: PartialDate | None, info: Info) -> PartialDate | None:
        born = info.data.get("born")
        if born and died and died.last < born.first:
            raise wrong(tell("la mort précède la naissance"))
        return died


@fields
class ResearchFields(Entry):
    """``research/<slug>.md``: a research success."""

    kind: ClassVar[str] = "research"
    title: Text
    standfirst: Text
    date: Partial
    people: tuple[Slug, ...] = ()
    names: tuple[Text, ...] = ()
    laboratory: Text
    doi: Text | None = None
    award: Text | None = None
    themes: tuple[ThemeSlug, ...] = Field(min_length=1)
    image: ImageFields | None = None


@fields
class NominationFields(Entry):
    """``nominations/<slug>.md``: one person, one position or honour, one date."""

    kind: ClassVar[str] = "nomination"
    type: Literal["nomination", "honour"] = Field(alias="kind")
    person: Slug | None = None
    name: Text | None = None
    class_year: int | None = Field(None, ge=1700, le=2200)
    position: Text
    organisation: Text
    date: Partial
    themes: tuple[ThemeSlug, ...] = ()
    sources: tuple[SourceFields, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_someone(self) -> Self:
        if bool(self.person) == bool(self.name):
            raise wrong(tell("il faut « person » ou « name », et un seul des deux"))
        return self


@fields
class EventFields(Entry):
    """``events/<slug>.md``; times are local to the event."""

    kind: ClassVar[str] = "event"
    title: Text
    start: When
    end: When | None = None
    place: Text | None = None
    city: Text | None = None
    region: Text | None = None
    group: Text
    online: WebAddress | None = None
    description: Text
    themes: tuple[ThemeSlug, ...] = ()

    @field_validator("end")
    @classmethod
    def _ends_after_start(cls, end: Moment | None, info: Info) -> Moment | None:
        start = info.data.get("start")
        if start and end and end.is_before(start):
            raise wrong(tell("la fin précède le début"))
        return end


@fields
class PageFields(Entry):
    """``pages/<slug>.md``: about, legal notice, privacy, subscribe."""

    kind: ClassVar[str] = "page"
    title: Text
    description: Text
