"""An editor who approves bookings of test magazines."""

import re

from magazine_factory import MagazineFactory

from plugins.ads.approval import fingerprint_of
from plugins.magazine.front_matter import read_front_matter, read_text


def approve(magazine: MagazineFactory, path: str) -> None:
    """Have an editor approve a booking as it stands; in one line, so that lines stay."""
    file = magazine.content / path
    sha256 = fingerprint_of(read_front_matter(read_text(file)), file.parent)
    approval = f'approval: {{by: "La rédaction", date: 2026-10-15, sha256: "{sha256}"}}'
    before = re.sub("^approval: .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    head, fence, body = before.removeprefix("---\n").partition("\n---\n")
    magazine.write(path, f"---\n{head}\n{approval}{fence}{body}")
