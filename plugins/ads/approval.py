"""Approval: what an editor approved, as one SHA-256, and whether that is still what is written.

It is over the name of the booking's folder (a copy is another promise), over the front matter as
written, so that neither a new version of the program nor a comment in the file undoes it, over the
brief, and over the bytes of the creatives. Links are in the front matter, whole: neither the host
that an ad leads to nor the page can change after approval.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plugins.magazine.booking import BookingFields, Status
from plugins.magazine.creative_files import CreativeFileError, read_creative
from plugins.magazine.front_matter import FrontMatter

_PURPOSE = "bicorne-booking-2"
_NOT_APPROVED = frozenset({"status", "approval"})
"""What approving and suspending write themselves."""


def fingerprint(
    slug: str, written: Mapping[str, Any], brief: str, creatives: Mapping[str, bytes]
) -> str:
    """The SHA-256, in hexadecimal, of a booking: fields as written, body, creatives by file name;
    ``slug`` is its folder's.

    A canonical JSON of them is hashed: keys in order, creatives by their own SHA-256.
    """
    order = {
        "for": _PURPOSE,
        "slug": slug,
        "fields": {name: value for name, value in written.items() if name not in _NOT_APPROVED},
        "brief": brief.strip(),
        "creatives": {name: hashlib.sha256(file).hexdigest() for name, file in creatives.items()},
    }
    said = json.dumps(order, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def status_of(fields: BookingFields, now_is: str | None) -> Status:
    """The status that counts; ``now_is`` is the fingerprint of what is written now."""
    if fields.status == "approved" and not (fields.approval and fields.approval.sha256 == now_is):
        return "proposed"
    return fields.status


def fingerprint_of(front: FrontMatter, folder: Path) -> str | None:
    """The fingerprint of a booking as written, with its creatives in ``folder``.

    ``None`` when one of these cannot be read: nobody could have approved it.
    """
    try:
        files = {name: read_creative(folder, name) for name in _named(front)}
    except (CreativeFileError, OSError):
        return None
    return fingerprint(folder.name, front.fields, front.body, files)


def _named(front: FrontMatter) -> list[str]:
    """The files of the creatives, as far as they can be made out."""
    creatives = front.fields.get("creatives")
    listed = creatives if isinstance(creatives, list) else []
    files = [one.get("file") for one in listed if isinstance(one, Mapping)]
    return [file for file in files if isinstance(file, str) and file]
