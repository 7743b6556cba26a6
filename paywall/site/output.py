"""The builder's output as the service sees it: one whole build at a time.

The builder exchanges the output directory in one step, so at any request `output` may have
become another directory. A build holds the directory it began with by file descriptor and
opens everything relative to it: what one request reads comes from one build.
"""

import errno
import logging
import os
import stat
import weakref
from dataclasses import dataclass
from pathlib import Path

from paywall.errors import ManifestError
from paywall.site.manifest import Manifest, read_manifest

PUBLIC = "public"
MEMBERS = "members"
MANIFEST = "manifest.json"

_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EACCES, errno.ENXIO}
# Without O_NONBLOCK, opening a stray named pipe would hang the service.
_OPEN_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK

# Changes whenever the bytes may have: ctime too, for it cannot be set back.
FileKey = tuple[int, int, int, int, int]

log = logging.getLogger("paywall")


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A regular file, open for reading. Whoever holds it closes it."""

    fd: int
    size_bytes: int
    key: FileKey

    def read(self) -> bytes:
        """Read it whole, whatever was read before."""
        parts, offset = [], 0
        while offset < self.size_bytes and (part := self.read_part(offset, self.size_bytes)):
            parts.append(part)
            offset += len(part)
        return b"".join(parts)

    def read_part(self, offset: int, size_bytes: int) -> bytes:
        """Read up to that many bytes from an offset; nothing at the end."""
        return os.pread(self.fd, size_bytes, offset)

    def close(self) -> None:
        """Give the descriptor back."""
        os.close(self.fd)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Build:
    """One published build: its directory, and what its manifest says."""

    root_fd: int
    manifest: Manifest

    def open(self, tree: str, name: str) -> OpenFile | None:
        """Open a regular file of a tree, or return None where there is none to serve."""
        try:
            fd = os.open(f"{tree}/{name}".encode(), _OPEN_FLAGS, dir_fd=self.root_fd)
        except OSError as error:
            if error.errno in _ABSENT:
                return None
            raise
        info = os.fstat(fd)
        if not stat.S_ISREG(info.st_mode):
            os.close(fd)
            return None
        return OpenFile(fd, info.st_size, key_of(info))

    def has(self, tree: str, name: str) -> bool:
        """Tell whether a tree holds this regular file."""
        file = self.open(tree, name)
        if file is not None:
            file.close()
        return file is not None


class Output:
    """Knows the current build, and notices at the next request that there is another."""

    def __init__(self, root: Path) -> None:
        self._root = os.fspath(root)
        self._manifest_path = os.fspath(root / MANIFEST)
        self._seen: tuple[object, ...] | None = None
        self._build: Build | None = None
        self._reason = ""

    def current(self) -> Build | None:
        """Return the build now published; None where there is no public tree to serve."""
        while self._seen is None or self._look() != self._seen:
            self._load()  # looked at again after: it may have been replaced while it was read
            if self._build is None:
                break
        return self._build

    @property
    def reason(self) -> str:
        """Why there is no build, or no manifest in it, as last seen; empty where all is well."""
        return self._reason

    def _look(self) -> tuple[object, ...] | None:
        """Two stats, cheap enough for every request."""
        try:
            root = os.stat(self._root)  # noqa: PTH116 - a Path would be built at each request
        except OSError:
            return None
        return root.st_dev, root.st_ino, _stat_key(self._manifest_path)

    def _load(self) -> None:
        self._seen = self._build = None
        try:
            root_fd = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            self._say(f"pas de site à servir : {error.strerror} : {self._root}")
            return
        root = os.fstat(root_fd)
        if not _is_directory(PUBLIC, root_fd):
            os.close(root_fd)
            self._say(f"pas de site à servir : {PUBLIC}/ manque dans {self._root}")
            return
        # Stat before read: a manifest replaced in between is noticed at the next request.
        manifest_key = _stat_key(MANIFEST, root_fd)
        self._build = Build(root_fd, self._read_manifest(root_fd))
        weakref.finalize(self._build, os.close, root_fd)
        self._seen = (root.st_dev, root.st_ino, manifest_key)

    def _read_manifest(self, root_fd: int) -> Manifest:
        try:
            with os.fdopen(os.open(MANIFEST, _OPEN_FLAGS, dir_fd=root_fd), "rb") as source:
                manifest = read_manifest(source.read())
        except (ManifestError, OSError) as error:
            self._say(f"{MANIFEST} illisible, aucun texte réservé n’est servi : {error}")
            return Manifest()
        self._reason = ""
        return manifest

    def _say(self, reason: str) -> None:
        """Log a reason when it changes, not at each request."""
        if reason != self._reason:
            self._reason = reason
            log.warning(reason)


def key_of(info: os.stat_result) -> FileKey:
    """Return what tells a file from what it was before."""
    return info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns


def _stat_key(path: str, dir_fd: int | None = None) -> FileKey | None:
    try:
        return key_of(os.stat(path, dir_fd=dir_fd))
    except OSError:
        return None


def _is_directory(name: str, dir_fd: int) -> bool:
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=dir_fd, follow_symlinks=False).st_mode)
    except OSError:
        return False
