"""Every file of a folder with what tells that it changed, in one walk."""

import os
import struct
from pathlib import Path

_PACK = struct.Struct("<qqqq").pack
RACY_NS = 50_000_000
"""A file that changed so shortly before it was listed may change again within one tick of the
file system's clock: its signature is not to be trusted (git's « racily clean » entries)."""

UNSURE = b""


def list_files(folder: Path, *, every: bool = False) -> dict[str, bytes]:
    """Paths relative to ``folder`` → signature (times, size, inode), or :data:`UNSURE`.

    Folders that are named with a dot or an underscore first are left out, and hidden files;
    with ``every``, only what Python compiles.
    """
    found: dict[str, bytes] = {}
    pending = [(str(folder), "")]
    while pending:
        at, prefix = pending.pop()
        with os.scandir(at) as entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir():
                    left_out = name == "__pycache__" if every else name.startswith((".", "_"))
                    if not left_out:
                        pending.append((entry.path, f"{prefix}{name}/"))
                elif every or not name.startswith("."):
                    found[prefix + name] = signature_of(entry)
    return found


def signature_of(entry: "os.DirEntry[str] | Path") -> bytes:
    """What tells that a file has changed, or :data:`UNSURE`."""
    try:
        seen = entry.stat()
    except OSError:  # a link that leads nowhere: whoever reads it will say so
        return UNSURE
    return _PACK(seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino)


def settled(signature: bytes, listed_at_ns: int) -> bytes:
    """The signature, if it can be trusted for a file listed at that moment."""
    if not signature:
        return UNSURE
    changed_ns = max(struct.unpack_from("<qq", signature))
    return signature if changed_ns < listed_at_ns - RACY_NS else UNSURE
