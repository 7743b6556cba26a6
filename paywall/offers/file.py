"""Reads the file of offers, and says what is wrong in it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from paywall.errors import OffersError
from paywall.offers.grid import Grid, Offers
from paywall.offers.misread import explained, yaml_problem
from paywall.words import LANGUAGES

_NAME = re.compile(r"[a-z0-9-]{1,40}")
MOST_CENTS = 1_000_000
"""Prices above are a slip of the pen."""
_CURRENCY = re.compile(r"[A-Z]{3}")


class _Loader(yaml.CSafeLoader):
    """YAML in which days stay words, for `msgspec` to read, and no field is written twice."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own
        sign: [(tag, form) for tag, form in known if tag != "tag:yaml.org,2002:timestamp"]
        for sign, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                said = f"« {key.value} » est écrit deux fois"
                raise yaml.constructor.ConstructorError(problem=said, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_offers(file: Path) -> Offers:
    """The offers. Raises `OffersError` with everything that is wrong."""
    written = _yaml_of(file)
    try:
        offers = msgspec.convert(written, Offers, strict=True)
    except msgspec.ValidationError as error:
        raise OffersError(_lines(file, explained(error, written))) from error
    if wrong := list(_problems(offers)):
        raise OffersError(_lines(file, wrong))
    return offers


def _yaml_of(file: Path) -> object:
    try:
        return yaml.load(file.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe one
    except FileNotFoundError as error:
        raise OffersError(f"{file} : il n’y a pas de fichier d’offres") from error
    except UnicodeDecodeError as error:
        raise OffersError(f"{file} : le fichier n’est pas en UTF-8") from error
    except OSError as error:
        raise OffersError(f"{file} : illisible : {error.strerror}") from error
    except yaml.YAMLError as error:
        raise OffersError(f"{file} : {yaml_problem(error)}") from error


def _lines(file: Path, problems: Iterable[str]) -> str:
    return "\n".join(f"{file} : {problem}" for problem in problems)


def _problems(offers: Offers) -> Iterator[str]:
    if not offers.plans or not offers.grids or not offers.classes:
        yield "il faut au moins une formule, une classe de prix et une grille"
        return
    yield from _class_problems(offers)
    for names in ([p.name for p in offers.plans], [c.name for c in offers.classes]):
        yield from (f"« {name} » deux fois" for name in sorted(set(names)) if names.count(name) > 1)
    if not 0 <= offers.vat_permille < 1000:
        yield "vat_permille : 21 pour 2,1 %"
    if not _CURRENCY.fullmatch(offers.currency):
        yield "currency : trois capitales, comme EUR"
    for name in (*(p.name for p in offers.plans), *(c.name for c in offers.classes)):
        if not _NAME.fullmatch(name):
            yield f"« {name} » : au plus 40 lettres sans accent, chiffres et tirets"
    days = [grid.starts_on for grid in offers.grids]
    yield from (f"deux grilles du {d.isoformat()}" for d in sorted(set(days)) if days.count(d) > 1)
    labels = {c.name: c.label for c in offers.classes} | {p.name: p.label for p in offers.plans}
    for name, label in labels.items():
        missing = [language for language in LANGUAGES if not label.get(language)]
        yield from (f"{name}.label : il manque « {language} »" for language in missing)
    yield from (f"{plan.name}.months : au moins 1" for plan in offers.plans if plan.months < 1)
    for grid in offers.grids:
        yield from _grid_problems(offers, grid)


def _class_problems(offers: Offers) -> Iterator[str]:
    *others, public = offers.classes
    if not public.is_for_anybody:
        yield f"classes : la dernière, « {public.name} », doit valoir pour tous"
    for asked in others:
        if asked.is_for_anybody:
            yield f"classes : « {asked.name} » ne demande rien, ce que seule la dernière peut"


def _grid_problems(offers: Offers, grid: Grid) -> Iterator[str]:
    where = f"grille du {grid.starts_on.isoformat()}"
    classes, plans = {c.name for c in offers.classes}, {p.name for p in offers.plans}
    yield from (
        f"{where} : pas de formule « {name} »" for name in sorted(grid.plans.keys() - plans)
    )
    for name, prices in (*grid.plans.items(), *([("issue", grid.issue)] if grid.issue else [])):
        yield from (
            f"{where}, {name} : pas de classe « {c} »" for c in sorted(prices.keys() - classes)
        )
        yield from (
            f"{where}, {name} : pas de prix pour « {c} »" for c in sorted(classes - prices.keys())
        )
        yield from (
            f"{where}, {name} : « {c} » : {cents} centimes"
            for c, cents in prices.items()
            if not 0 <= cents <= MOST_CENTS
        )
