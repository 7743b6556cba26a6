"""Why nothing is published, in words for whoever typed the command."""

import errno
import os
import shutil
from pathlib import Path

from plugins.magazine.messages import tell
from plugins.magazine.problems import ContentError
from plugins.magazine.settings import SettingsError
from plugins.press.plan import CheckError
from plugins.press.publish import PublishError, unfinished_beside

REASONS = (ContentError, SettingsError, PublishError, CheckError)
"""What an editor can mend: told without a traceback."""

_REFUSALS = frozenset(
    {
        errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO,
        errno.EEXIST, errno.EISDIR, errno.ENOTDIR,
    }
)  # fmt: skip
"""What a system says of a file that is not ours to read or to write."""

_LITTLE_BYTES = 1_000_000
"""A disk with less room than this is full."""


def reason(error: BaseException, published: Path, cache: Path) -> str | None:
    """What to tell of an error that stopped a build; ``None`` for one that nobody foresaw.

    An interrupted build is one of them: Pelican would let it pass for a success.
    """
    if isinstance(error, KeyboardInterrupt):
        return tell("construction interrompue ; rien n’est publié.")
    if isinstance(error, ContentError):
        count = tell("{n} problème(s) ; rien n’est publié.", n=len(error.problems))
        return f"{error}\n{count}"
    if isinstance(error, REASONS):
        return str(error)
    if isinstance(error, OSError):
        return _told_of_system(error, published, cache)
    return None


def _told_of_system(error: OSError, published: Path, cache: Path) -> str | None:
    if _is_full(error, (published.parent, cache)):
        shutil.rmtree(unfinished_beside(published), ignore_errors=True)
        return tell("plus de place sur le disque ; rien n’est publié.")
    if error.errno in _REFUSALS:
        said, file = os.strerror(error.errno or 0), error.filename
        return tell("{file} : {said} ; rien n’est publié.", file=file, said=said)
    return None


def _is_full(error: OSError, folders: tuple[Path, ...]) -> bool:
    """Whether a disk is full; the writers of some image formats do not say so."""
    if error.errno is not None:
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return any(f.exists() and shutil.disk_usage(f).free < _LITTLE_BYTES for f in folders)
