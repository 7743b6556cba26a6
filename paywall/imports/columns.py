"""Which column of a file says what: names in French and English, accents and capitals aside."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from paywall.errors import ImportFileError

NAMES = {
    "email": (
        "email", "e mail", "mail", "courriel", "mel", "adresse mail", "adresse email",
        "adresse e mail", "adresse de courriel", "adresse electronique", "email address",
        "e mail address", "adresse courriel",
    ),
    "name": ("nom complet", "nom et prenom", "prenom et nom", "full name", "name", "abonne"),
    "first_name": ("prenom", "first name", "firstname", "given name", "prenoms"),
    "last_name": ("nom", "nom de famille", "last name", "lastname", "surname", "family name"),
    "post": ("adresse postale", "adresse", "address", "postal address", "street", "rue"),
    "post_more": ("complement", "complement d adresse", "adresse 2", "address 2"),
    "postcode": ("code postal", "cp", "postcode", "postal code", "zip", "zip code"),
    "city": ("ville", "localite", "commune", "city", "town"),
    "country": ("pays", "country"),
    "language": ("langue", "language", "lang"),
    "plan": ("formule", "abonnement", "type d abonnement", "offre", "plan", "subscription"),
    "starts": (
        "debut", "debut d abonnement", "date de debut", "debut de l abonnement", "depuis", "du",
        "start", "start date", "starts", "from", "subscription start",
    ),
    "ends": (
        "fin", "fin d abonnement", "date de fin", "fin de l abonnement", "echeance",
        "date d echeance", "expiration", "date d expiration", "valable jusqu au", "jusqu au",
        "au", "end", "end date", "ends", "until", "expires", "expiry", "expiry date",
        "subscription end",
    ),
}  # fmt: skip
"""Field → the names it goes by, as `bare` writes them."""

NOTHING = "-"
"""`--map 'Column=-'`: a column that is to be left out."""

_FIELDS = {bare: field for field, names in NAMES.items() for bare in names}


def recognise(file: Path, header: Sequence[str], mapped: Mapping[str, str]) -> dict[str, int]:
    """Field → number of its column, from 0. What `mapped` says comes before what is known.

    Raises `ImportFileError` where two columns say the same, and where none is the address.
    """
    own = {bare(name): field for name, field in mapped.items()}
    columns: dict[str, int] = {}
    for number, title in enumerate(header):
        field = own.get(bare(title), _FIELDS.get(bare(title), NOTHING))
        if field == NOTHING:
            continue
        if field in columns:
            raise ImportFileError(
                f"{file} : « {header[columns[field]]} » et « {title} » disent la même chose : "
                f"--map '{title}={NOTHING}' en laisse une de côté"
            )
        columns[field] = number
    if "email" not in columns:
        raise ImportFileError(
            f"{file} : aucune colonne n’est l’adresse de courriel : --map 'Nom de colonne=email' "
            f"(colonnes : {', '.join(title for title in header if title) or 'aucune'})"
        )
    return columns


def unused(header: Sequence[str], columns: Mapping[str, int]) -> list[str]:
    """The names of columns that are left out."""
    used = set(columns.values())
    return [title for number, title in enumerate(header) if number not in used and title]


def read_mapping(text: str) -> tuple[str, str]:
    """`Column=field`, as `--map` takes it. Raises `ValueError` in words for whoever typed it."""
    title, equals, field = text.rpartition("=")
    field = field.strip()
    if not equals or not title.strip() or field not in {*NAMES, NOTHING}:
        raise ValueError(f"« {text} » : 'Nom de colonne=champ', le champ étant {', '.join(NAMES)}")
    return title, field


def bare(text: str) -> str:
    """A name without accents, capitals and signs, to compare it."""
    return re.sub(r"[^a-z0-9]+", " ", folded(text)).strip()


def folded(text: str) -> str:
    """A text without accents and capitals, to look for words in it."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return plain.replace("œ", "oe")
