"""argparse's refusals in French: it words them in English only, amid help that is French.

Imports nothing of the service, so that `desk` can have the same words without its weight.
"""

import argparse
import re
import sys
from typing import NoReturn

_WORDS = (
    (r"the following arguments are required: (.*)", r"il manque {0}"),
    (r"unrecognized arguments: (.*)", r"inconnu : {0}"),
    (r"one of the arguments (.*) is required", r"il faut un de ces choix : {0}"),
    (r"ambiguous option: (\S+) could match (.*)", r"{0} peut vouloir dire {1}"),
    (r"argument (.+?): (.*)", r"{0} : {1}"),
)
_REASONS = (
    (r"expected one argument", "une valeur est attendue"),
    (r"expected at least one argument", "une valeur au moins est attendue"),
    (r"expected at most one argument", "une valeur au plus est attendue"),
    (r"expected (\d+) arguments?", "{0} valeurs sont attendues"),
    (r"not allowed with argument (.*)", "ne va pas avec {0}"),
    (r"ignored explicit argument (.*)", "ne prend pas de valeur, et a reçu {0}"),
    (r"invalid choice: (.*) \(choose from (.*)\)", "{0} n’est pas un choix : {1}"),
    (r"invalid \w+ value: (.*)", "{0} ne se lit pas"),
)


def in_french(message: str) -> str:
    """A refusal of argparse's; one that it does not know, or that is French already, as it is."""
    for pattern, words in (*_WORDS, *_REASONS):
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*map(in_french, found.groups()))
    return message


class FrenchParser(argparse.ArgumentParser):
    """A parser whose refusals are French; the parsers of its commands are, too."""

    def error(self, message: str) -> NoReturn:
        """Say how it is typed, and what was wrong."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog} : {in_french(message)}\n")
