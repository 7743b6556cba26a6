"""The files of a booking's creatives: plain ones, beside the booking, and nothing else.

They come from outside, so a name leads nowhere else, and nothing that is not a regular file is
opened to be read: a pipe would hold the build up for ever, a link would publish any file.
"""

import os
import stat
from pathlib import Path

from plugins.magazine.messages import tell

MAX_BYTES = 5_000_000
"""Many times what any size may weigh, and little enough to hold in memory."""


class CreativeFileError(ValueError):
    """A creative's file cannot be used; worded for the editor."""


def read_creative(folder: Path, name: str) -> bytes:
    """The bytes of a creative in its booking's folder.

    Raises ``FileNotFoundError``, or :class:`CreativeFileError` for what is no plain file.
    """
    if name != Path(name).name or name.startswith("."):
        message = "« {name} » : le fichier doit être à côté de la réservation, sans dossier"
        raise CreativeFileError(tell(message, name=name))
    try:
        descriptor = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:  # a link, no permission; a name with a null byte
        raise CreativeFileError(_not_plain(name)) from error
    try:
        _check_plain(name, os.fstat(descriptor))
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def _check_plain(name: str, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise CreativeFileError(_not_plain(name))
    if found.st_size > MAX_BYTES:
        message = "« {name} » pèse {size} Mo, c’est trop pour une création"
        raise CreativeFileError(tell(message, name=name, size=found.st_size // 1_000_000))


def _not_plain(name: str) -> str:
    return tell("« {name} » n’est pas un fichier ordinaire (un lien ? un dossier ?)", name=name)
