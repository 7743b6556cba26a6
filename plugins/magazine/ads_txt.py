"""``ads.txt``: who may sell the magazine's advertising, so that nobody else pretends to.

IAB Tech Lab, ads.txt 1.1 (https://iabtechlab.com/ads-txt/): a record a line, « domain, account,
DIRECT or RESELLER, certification authority », and variables. Without ``content/ads/ads.txt`` it
holds the one record that says that nobody is authorised (section 3.2.1).
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from plugins.magazine.front_matter import FrontMatterError, read_text
from plugins.magazine.messages import tell
from plugins.magazine.problems import Problems, did_you_mean

PATH = "ads/ads.txt"
NOBODY = "placeholder.example.com, placeholder, DIRECT, placeholder"
VARIABLES = ("CONTACT", "SUBDOMAIN", "INVENTORYPARTNERDOMAIN", "OWNERDOMAIN", "MANAGERDOMAIN")
_RELATIONS = ("DIRECT", "RESELLER")
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LEAST, _MOST = 3, 4
"""Fields of a record."""


def ads_txt(content: Path, site_url: str) -> str:
    """The file: the editor's as it stands, else that nobody may sell."""
    own = content / PATH
    if own.is_file():
        return read_text(own).rstrip() + "\n"
    host = urlsplit(site_url).hostname or ""
    owner = f"OWNERDOMAIN={host}\n" if _DOMAIN.fullmatch(host) else ""
    return f"{NOBODY}\n{owner}"


def check_ads_txt(content: Path, problems: Problems) -> None:
    """Every line of the editor's file is a record, a variable or a comment."""
    own = content / PATH
    if not own.is_file():
        return
    try:
        lines = read_text(own).splitlines()
    except FrontMatterError as error:
        problems.add(PATH, error.line, error.field, str(error))
        return
    for n, line in enumerate(lines, 1):
        told = _flaw(line.partition("#")[0].strip())
        if told:
            problems.add(PATH, n, "ads.txt", told)


def _flaw(line: str) -> str:
    """What is wrong with a line, if anything."""
    if not line:
        return ""
    name, equals, value = (part.strip() for part in line.partition("="))
    if equals and "," not in name:
        if name.upper() not in VARIABLES or not value:
            known = ", ".join(VARIABLES)
            message = "« {name} » : une variable parmi {known}, et sa valeur"
            return tell(message, name=name, known=known) + did_you_mean(name.upper(), VARIABLES)
        return ""
    fields = [field.strip() for field in line.partition(";")[0].split(",")]
    whole = _LEAST <= len(fields) <= _MOST and all(fields)
    if not whole or not _DOMAIN.fullmatch(fields[0]) or fields[2].upper() not in _RELATIONS:
        return tell("il faut « domaine, compte, DIRECT ou RESELLER » (et au besoin un certificat)")
    return ""
