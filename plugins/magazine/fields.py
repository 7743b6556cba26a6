"""The types of front-matter fields: how an editor's strings become values."""

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, dataclass_transform

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import ValidationInfo as Info
from pydantic.dataclasses import dataclass
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from plugins.magazine.dates import Moment, PartialDate
from plugins.magazine.messages import tell
from plugins.magazine.problems import did_you_mean
from plugins.magazine.taxonomy import Taxonomy


def wrong(message: str) -> PydanticCustomError:
    """A field error with our own words; braces in an editor's text stay as they are."""
    return PydanticCustomError("magazine", "{message}", {"message": message})


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        _refuse_impossible(str(value))
        raise wrong(tell("« {value} » n’est pas une date (AAAA-MM-JJ)", value=value)) from None


def _refuse_impossible(text: str) -> None:
    """Say of a date that is written as it should be, but is in no calendar, what is wrong."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text):
        try:
            PartialDate.parse(text)
        except ValueError:
            missing = tell("« {value} » n’existe pas dans le calendrier", value=text)
            raise wrong(missing) from None


def _moment(value: Any) -> Moment:
    """A day, or a day and an hour of its place: « 2027-03-14 » or « 2027-03-14T18:30 »."""
    if isinstance(value, Moment):
        return value
    text = str(value)
    if not set("T ") & set(text):
        return Moment(_day(text))
    with suppress(ValueError):
        return Moment.parse(text)
    _refuse_impossible(text.replace("T", " ").partition(" ")[0])
    raise wrong(tell("« {value} » n’est pas un horaire (AAAA-MM-JJTHH:MM)", value=value))


def _partial(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(str(value))
    except ValueError:
        _refuse_impossible(str(value))
        expected = tell("« {value} » n’est pas une date (AAAA, AAAA-MM ou AAAA-MM-JJ)", value=value)
        raise wrong(expected) from None


def _web_address(value: str) -> str:
    if not value.startswith(("https://", "http://")) or any(c.isspace() for c in value):
        raise wrong(
            tell("« {value} » n’est pas une adresse qui commence par https://", value=value)
        )
    return value


def _section(value: str, info: "Info[Taxonomy]") -> str:
    if value not in info.context.sections:
        raise wrong(unknown_section(value, info.context))
    return value


def _theme(value: str, info: "Info[Taxonomy]") -> str:
    if value not in info.context.themes:
        raise wrong(unknown_theme(value, info.context))
    return value


def unknown_section(slug: str, taxonomy: Taxonomy) -> str:
    """What to tell of a section that the closed list does not hold."""
    return tell("rubrique inconnue « {value} »", value=slug) + did_you_mean(slug, taxonomy.sections)


def unknown_theme(slug: str, taxonomy: Taxonomy) -> str:
    """What to tell of a theme that the closed list does not hold."""
    return tell("thème inconnu « {value} »", value=slug) + did_you_mean(slug, taxonomy.themes)


T = TypeVar("T")
Access = Literal["public", "registered", "subscriber"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[date, BeforeValidator(_day)]
When = Annotated[Moment, BeforeValidator(_moment)]
Partial = Annotated[PartialDate, BeforeValidator(_partial)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
SectionSlug = Annotated[str, AfterValidator(_section)]
ThemeSlug = Annotated[str, AfterValidator(_theme)]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
def fields(cls: type[T]) -> type[T]:
    """Make a class a group of fields: frozen, and an unknown field is an error.

    They are dataclasses, so that :mod:`plugins.magazine.store` can keep them and read thousands
    back without validating them again.
    """
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    return dataclass(cls, frozen=True, slots=True, kw_only=True, config=config)  # type: ignore[return-value]


def known_fields(group: type[Any]) -> dict[str, FieldInfo]:
    """The fields of a group, by attribute; none for what is not a group."""
    return getattr(group, "__pydantic_fields__", {})


@fields
class SourceFields:
    """One source of a text."""

    title: Text
    author: Text | None = None
    publisher: Text | None = None
    year: Text | None = None
    url: WebAddress | None = None


@fields
class ImageFields:
    """An image beside the file, with what a reader who does not see it needs."""

    file: Text
    alt: Text
    caption: Text | None = None
    credit: Text | None = None


@fields
class CorrectionFields:
    """What was wrong, and since when it is right."""

    date: Day
    text: Text


@fields
class HonourFields:
    """An honour that needs no nomination file of its own."""

    date: Partial
    title: Text
    organisation: Text | None = None
