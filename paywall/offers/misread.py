"""What is wrong in a file of offers that cannot be read at all, in the office's words."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec
import yaml

_EXPECTED: dict[str, tuple[type, str]] = {
    "int": (int, "il faut un nombre entier"),
    "str": (str, "il faut un texte"),
    "bool": (bool, "il faut « true » ou « false »"),
    "date": (date, "il faut une date comme 2027-01-01"),
    "object": (dict, "il faut une suite de champs « nom: valeur »"),
    "array": (list, "il faut une liste"),
}
_TYPE = re.compile(r"Expected `(\w+)")
_MISSING = re.compile(r"missing required field `(\w+)`")
_UNKNOWN = re.compile(r"contains unknown field `([^`]+)`")
_AT = re.compile(r" - at `\$\.?(.*)`$")
_STEP = re.compile(r"\w+|\[(?:\d+|\.\.\.)\]")


def explained(error: msgspec.ValidationError, written: object) -> Iterator[str]:
    """Each place that an error of `msgspec` is about; it leaves the names of mappings out."""
    said = str(error)
    found = _AT.search(said)
    steps = _STEP.findall(found[1]) if found else []
    places = list(_places(written, steps))
    if missing := _MISSING.search(said):
        words = f"il manque « {missing[1]} »"
    elif unknown := _UNKNOWN.search(said):
        words = f"champ inconnu « {unknown[1]} »"
    else:
        wanted = _TYPE.search(said)
        kind, words = _EXPECTED[wanted[1] if wanted else "date"]
        places = [(place, value) for place, value in places if not _is(value, kind)]
    yield from (f"{place or 'le fichier'} : {words}" for place, _ in places)


def yaml_problem(error: yaml.YAMLError) -> str:
    """Where a file stops being YAML, and the parser's own word for it."""
    mark = getattr(error, "problem_mark", None)
    line = f"ligne {mark.line + 1} : " if mark else ""
    return f"{line}YAML illisible : {getattr(error, 'problem', None) or error}"


def _places(value: object, steps: list[str], at: str = "") -> Iterator[tuple[str, object]]:
    """The values at a path, items counted from 1; ``[...]`` is each value of a mapping."""
    if not steps:
        yield at, value
        return
    step, rest = steps[0], steps[1:]
    if step == "[...]" and isinstance(value, dict):
        for name, held in value.items():
            yield from _places(held, rest, f"{at}.{name}")
    elif step.startswith("[") and isinstance(value, list):
        number = int(step.strip("[]"))
        yield from _places(value[number], rest, f"{at}.{number + 1}")
    elif isinstance(value, dict):
        yield from _places(value.get(step), rest, f"{at}.{step}" if at else step)


def _is(value: object, kind: type) -> bool:
    try:
        msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError:
        return False
    return True
