"""Writes the people of a plan, and what is told of them: research, carnet."""

from pathlib import Path
from random import Random

from bench.cast import Person
from bench.entries import write_entry
from bench.pictures import picture_name
from bench.plan import CLOCK, Plan, dice, taxonomy
from bench.prose import Writer
from bench.vocabulary import vocabulary

_PORTRAIT_SHARE = 0.1
_RESEARCH_SHARE, _CARNET_SHARE = 0.01, 0.1
"""200 research successes and 2,000 nominations for 20,000 articles."""


def write_people(plan: Plan, content: Path) -> None:
    """Write one file a person."""
    for person in plan.cast.people:
        rng = dice("person text", person.number)
        body = Writer(rng, _link(plan, rng)).body(rng.randint(80, 220))
        # a portrait lies two folders up, as seen from an issue; one up from here
        write_entry(content / "people" / f"{person.slug}.md", _fields(person, rng), body)


def _fields(person: Person, rng: Random) -> dict[str, object]:
    words, died = vocabulary(), person.born + rng.randint(45, 95)
    portrait = {
        "file": picture_name("portrait", person.number).removeprefix("../"),
        "alt": f"Portrait de {person.name}",
    }
    return {
        "name": person.name,
        "sort_name": f"{person.last_name}, {person.first_name}",
        "class_year": person.class_year,
        "born": str(person.born),
        "died": f"{died}-{rng.randint(1, 12):02}" if died < CLOCK.year else None,
        "birthplace": words.phrase(rng, 1, 1),
        "description": words.sentence(rng),
        "themes": _themes(rng),
        "portrait": portrait if rng.random() < _PORTRAIT_SHARE else None,
    }


def write_research(plan: Plan, content: Path) -> None:
    """Write the research successes."""
    words = vocabulary()
    for number in range(max(3, round(len(plan.articles) * _RESEARCH_SHARE))):
        rng = dice("research", number)
        fields = {
            "title": words.phrase(rng, 3, 6),
            "standfirst": words.sentence(rng),
            "date": str(rng.randint(1820, 2025)),
            "people": [rng.choice(plan.cast.people).slug],
            "laboratory": words.phrase(rng, 3, 5),
            "doi": f"10.1000/{number}",
            "themes": _themes(rng),
        }
        body = Writer(rng, _link(plan, rng)).body(300)
        write_entry(content / "research" / f"resultat-{number}.md", fields, body)


def write_carnet(plan: Plan, content: Path) -> None:
    """Write the nominations and the honours, of this century and the one before."""
    words = vocabulary()
    for number in range(max(5, round(len(plan.articles) * _CARNET_SHARE))):
        rng = dice("carnet", number)
        fields = {
            "kind": rng.choice(("nomination", "honour")),
            "person": rng.choice(plan.cast.people).slug,
            "position": words.phrase(rng, 2, 4),
            "organisation": words.phrase(rng, 2, 4),
            "date": f"{rng.randint(1950, 2026)}-{rng.randint(1, 9):02}",
            "sources": [{"title": words.phrase(rng, 5, 8), "year": str(rng.randint(1950, 2026))}],
        }
        write_entry(content / "nominations" / f"ligne-{number}.md", fields, words.sentence(rng))


def _themes(rng: Random) -> list[str]:
    return rng.sample(taxonomy()[1], rng.randint(1, 3))


def _link(plan: Plan, rng: Random) -> list[str]:
    return [f"article:{rng.choice(plan.articles).slug}"]
