"""Validation errors worded for an editor."""

from dataclasses import is_dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from plugins.magazine.fields import known_fields
from plugins.magazine.front_matter import Location
from plugins.magazine.messages import tell
from plugins.magazine.problems import did_you_mean

WORDS = {
    "missing": "champ obligatoire, il manque",
    "string_type": "il faut un texte",
    "string_too_short": "champ obligatoire, il est vide",
    "too_short": "il faut au moins {min_length} élément",
    "tuple_type": "il faut une liste",
    "int_parsing": "« {given} » n’est pas un nombre entier",
    "int_type": "il faut un nombre entier",
    "bool_parsing": "il faut « true » ou « false »",
    "bool_type": "il faut « true » ou « false »",
    "greater_than_equal": "{given} est trop petit : {ge} au moins",
    "less_than_equal": "{given} est trop grand : {le} au plus",
    "string_pattern_mismatch": "« {given} » : minuscules, chiffres et traits d’union seulement",
    "dataclass_type": "il faut une suite de champs « nom: valeur »",
    "dict_type": "il faut une suite de champs « nom: valeur »",
}
"""Pydantic's error types that front matter can cause, and what to tell the editor."""


def field_errors(error: ValidationError, model: type[Any]) -> list[tuple[Location, str]]:
    """Each error of a validation: where in the front matter, and what to tell the editor."""
    details = error.errors()
    return [(d["loc"], _message(d, model)) for d in details if not _is_echo(d, details)]


def field_name(location: Location) -> str:
    """The name of a place as editors read it: items count from 1."""
    steps = (str(step + 1 if isinstance(step, int) else step) for step in location)
    return ".".join(steps) or "front matter"


def _is_echo(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a list is called too short only because its items are wrong."""
    at = detail["loc"]
    inside = (d for d in details if len(d["loc"]) > len(at) and d["loc"][: len(at)] == at)
    return detail["type"] == "too_short" and any(inside)


def _message(detail: ErrorDetails, model: type[Any]) -> str:
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "magazine":
        return str(context["message"])
    if kind == "unexpected_keyword_argument":
        name = str(detail["loc"][-1])
        return tell("champ inconnu") + did_you_mean(name, _siblings(detail["loc"], model))
    if kind == "literal_error":
        expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        message = "« {given} » n’est pas permis ; au choix : {expected}"
        options = expected.split(", ")
        return tell(message, given=given, expected=expected) + did_you_mean(str(given), options)
    return tell(WORDS[kind], given=given, **context) if kind in WORDS else str(detail["msg"])


def _siblings(location: Location, model: type[Any]) -> list[str]:
    """The names that would have been known where an unknown field stands."""
    for step in location[:-1]:
        if isinstance(step, str):
            model = _nested(model, step)
    return list(_by_written_name(model))


def _by_written_name(model: type[Any]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in known_fields(model).items()}


def _nested(model: type[Any], name: str) -> type[Any]:
    field = _by_written_name(model).get(name)
    candidates = [field.annotation] if field else []
    while candidates:
        found = candidates.pop()
        if isinstance(found, type) and is_dataclass(found) and known_fields(found):
            return found
        candidates.extend(getattr(found, "__args__", ()))
    return model
