"""`paywall backup`: accounts, keys, offers and members in one file, while the service runs."""

import argparse
import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from paywall.commands.accounts import accounts
from paywall.commands.files import check_absent
from paywall.commands.parsing import Commands, add_command
from paywall.settings import Settings
from paywall.store.backup import copy_accounts


def register(commands: Commands) -> None:
    """Add the command."""
    about = "sauvegarder comptes, clés, offres et membres, pendant que le service tourne"
    parser = add_command(commands, "backup", about, run)
    parser.add_argument("file", type=Path, metavar="FICHIER", help="comme bicorne-2026-12-31.tar")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Write the file, whole or not at all, for its owner only: its keys open every page."""
    target: Path = options.file
    check_absent(target)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as aside:
        folder = Path(aside)  # mode 0700, on the same disk
        with accounts(settings) as database:
            copy = copy_accounts(database, folder)
        packed = _pack(folder / "packed", [(copy, copy.name), *_others(settings)])
        check_absent(target)
        packed.rename(target)
    print(f"{target} : {target.stat().st_size / 1e6:.1f} Mo")
    return 0


def _others(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Files that are written whole, and the names they have in the copy; the keys' folder, too."""
    if settings.keys.is_dir():
        yield settings.keys, "keys"
    for suffix in (".pem", ".key"):
        for key in sorted(settings.keys.glob(f"*{suffix}")):
            yield key, f"keys/{key.name}"
    named = {"offers.yaml": settings.offers, "members.csv": settings.members}
    named["ads.key"] = settings.var / "ads.key"
    for name, file in named.items():
        if file.exists():
            yield file, name


def _pack(target: Path, files: list[tuple[Path, str]]) -> Path:
    fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as output:
        with tarfile.open(fileobj=output, mode="w") as archive:
            for file, name in files:
                archive.add(file, name, recursive=False, filter=_for_its_owner)
        output.flush()
        os.fsync(fd)
    return target


def _for_its_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Whoever unpacks it owns it, and nobody else reads it."""
    entry.mode = 0o700 if entry.isdir() else 0o600
    entry.uid, entry.gid, entry.uname, entry.gname = 0, 0, "", ""
    return entry
