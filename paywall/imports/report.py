"""What an import did, or would do: row by row, and in numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paywall.imports.decisions import Decision
from paywall.imports.people import Remark
from paywall.imports.reading import Reading
from paywall.words import agreed

HEADER = ("fichier", "ligne", "résultat", "adresse", "détail")
CREATED, COMPLETED, UNCHANGED = "créé", "complété", "inchangé"
MERGED, REFUSED, REMARK = "fusionné", "refusé", "à vérifier"


@dataclass(frozen=True, slots=True)
class Report:
    """An import, told."""

    reading: Reading
    decisions: Sequence[Decision]
    remarks: Sequence[Remark]

    def counts(self) -> list[tuple[int, str]]:
        """What was done, in numbers."""
        outcomes = [outcome_of(decision) for decision in self.decisions]
        added = sum(len(decision.added) for decision in self.decisions)
        rows = sum(len(decision.person.places) for decision in self.decisions)
        counts = (
            (self.reading.rows, "ligne lue", "lignes lues"),
            (outcomes.count(CREATED), "lecteur créé", "lecteurs créés"),
            (outcomes.count(COMPLETED), "lecteur complété", "lecteurs complétés"),
            (outcomes.count(UNCHANGED), "lecteur inchangé", "lecteurs inchangés"),
            (added, "abonnement ajouté", "abonnements ajoutés"),
            (rows - len(self.decisions), "ligne fusionnée", "lignes fusionnées"),
            (len(self.remarks), "ligne à vérifier", "lignes à vérifier"),
            (len(self.reading.refused), "ligne refusée", "lignes refusées"),
        )
        return [(count, agreed(count, one, many)) for count, one, many in counts]

    def rows(self) -> Iterator[tuple[str, int, str, str, str]]:
        """Every row of the files and what became of it."""
        for refused in self.reading.refused:
            place = refused.place
            yield place.file.name, place.line, REFUSED, refused.address, refused.text
        for decision in self.decisions:
            first, *others = decision.person.places
            email = decision.person.email
            told = ", ".join(f"{d.plan} {d.first} – {d.last}" for d in decision.added)
            yield first.file.name, first.line, outcome_of(decision), email, told
            for place in others:
                yield place.file.name, place.line, MERGED, email, f"avec {first}"
        for remark in self.remarks:
            yield remark.place.file.name, remark.place.line, REMARK, remark.address, remark.text


def outcome_of(decision: Decision) -> str:
    """What becomes of a person."""
    if decision.is_new:
        return CREATED
    return COMPLETED if decision.changes else UNCHANGED
