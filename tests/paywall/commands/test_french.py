"""What is typed wrong is told in the language of the help around it."""

import argparse
import re

import pytest
from office import Office

from paywall.commands.french import FrenchParser

ENGLISH = re.compile(r"\b(?:argument|arguments|error|usage|invalid|required|expected|not|choose)\b")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([], "paywall : il manque commande"),
        (["confirm"], "paywall confirm : il manque RÉFÉRENCE"),
        (["subscribers", "add"], "paywall subscribers add : il manque ADRESSE"),
        (["subscribers", "show", "ana"], "« ana » n’est pas une adresse de courriel"),
        (["backup", "a.tar", "b.tar"], "paywall : inconnu : b.tar"),
        (["nothing"], "paywall : commande : 'nothing' n’est pas un choix : 'serve', "),
        (["token", "--minutes"], "paywall token : --minutes : une valeur est attendue"),
        (["token", "--all", "--issue", "812-x"], "--issue : ne va pas avec --all"),
        (["serve", "--demo=1"], "--demo : ne prend pas de valeur, et a reçu '1'"),
    ],
)
def test_a_refusal_is_french_and_says_how_to_type_it(
    bare_office: Office, typed: list[str], told: str
) -> None:
    ran = bare_office.run(*typed)
    assert ran.status == 2
    assert ran.logged.startswith("utilisation : paywall")
    assert told in ran.logged
    assert not ENGLISH.search(ran.logged)


def parser() -> FrenchParser:
    made = FrenchParser(prog="p", add_help=False)
    made.add_argument("--one")
    made.add_argument("--some", nargs="+")
    made.add_argument("--two", nargs=2)
    made.add_argument("--number", type=int)
    made.add_argument("--colour", choices=("jaune", "rouge"))
    group = made.add_mutually_exclusive_group(required=True)
    group.add_argument("--left", action="store_true")
    group.add_argument("--light", action="store_true")
    return made


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "p : il faut un de ces choix : --left --light"),
        ("--left --light", "p : --light : ne va pas avec --left"),
        ("--l", "p : --l peut vouloir dire --left, --light"),
        ("--left --one", "p : --one : une valeur est attendue"),
        ("--left --some", "p : --some : une valeur au moins est attendue"),
        ("--left --two 1", "p : --two : 2 valeurs sont attendues"),
        ("--left --number x", "p : --number : 'x' ne se lit pas"),
        ("--left --colour bleu", "p : --colour : 'bleu' n’est pas un choix : 'jaune', 'rouge'"),
        ("--left more", "p : inconnu : more"),
    ],
)
def test_every_kind_of_refusal_has_its_words(
    typed: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(typed.split())
    assert stopped.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == told


def test_a_reason_of_our_own_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(text: str) -> str:
        raise argparse.ArgumentTypeError(f"« {text} » est de trop")

    made = FrenchParser(prog="p")
    made.add_argument("thing", type=refuse, metavar="CHOSE")
    with pytest.raises(SystemExit):
        made.parse_args(["x"])
    assert capsys.readouterr().err.endswith("p : CHOSE : « x » est de trop\n")
