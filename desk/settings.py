"""The settings file, read and checked before anything begins: its mistakes take one line each."""

import os
import runpy
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from plugins.magazine.messages import tell
from plugins.magazine.settings import Settings, SettingsError

_FOLDERS = {"PATH": ".", "THEME": "theme", "CACHE_PATH": "cache", "OUTPUT_PATH": "output"}
"""Settings that name a folder, from the settings file's on, with Pelican's defaults."""

_FOLDERS_THERE = ("PATH", "THEME")
_DEFAULTS = {"SITENAME": "", "SITEURL": ""}


def read_settings(file: Path) -> Settings:
    """The magazine's settings; ``SettingsError`` names the file and what is wrong in it."""
    named = _typed(file)
    if not file.is_file():
        raise SettingsError(tell("{file} : pas de fichier de réglages à cet endroit", file=named))
    given = _run(file)
    try:
        folders = _folders(file, given)
        return Settings.from_pelican({**_DEFAULTS, **given, **folders}, os.environ)
    except SettingsError as error:
        lines = str(error).splitlines()
        raise SettingsError("\n".join(f"{named}: {line}" for line in lines)) from error


def _run(file: Path) -> dict[str, Any]:
    """Run the file, as Pelican will; what it calls by capital letters."""
    try:
        with _forgetting_modules(file.absolute().parent):
            given = runpy.run_path(str(file))
    except SyntaxError as error:
        where = f"{_typed(Path(error.filename or file))}:{error.lineno or 1}"
        wrong = tell("{where}: ce n’est pas du Python : {problem}", where=where, problem=error.msg)
        raise SettingsError(wrong) from error
    except (Exception, SystemExit) as error:  # the settings are somebody's program
        problem = f"{type(error).__name__}: {error}"
        raise SettingsError(f"{_where(error, file)}: {problem}") from error
    return {name: value for name, value in given.items() if name.isupper()}


@contextmanager
def _forgetting_modules(folder: Path) -> Iterator[None]:
    """Have settings that the file takes from others in its folder read again the next time."""
    before = set(sys.modules)
    try:
        yield
    finally:
        for name in set(sys.modules) - before:
            if Path(getattr(sys.modules[name], "__file__", None) or "/").parent == folder:
                del sys.modules[name]


def _where(error: BaseException, file: Path) -> str:
    """The last line of the settings file that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(file)]
    return f"{_typed(file)}:{lines[-1] or 1}" if lines else str(_typed(file))


def _typed(file: Path) -> Path:
    """A file as the editor would type it from here."""
    here, whole = Path.cwd(), file.absolute()
    return whole.relative_to(here) if whole.is_relative_to(here) else file


def _folders(file: Path, given: Mapping[str, Any]) -> dict[str, str]:
    folders: dict[str, str] = {}
    for setting, default in _FOLDERS.items():
        named = given.get(setting, default)
        if not isinstance(named, str | Path):
            message = "{setting} : il faut un texte, pas {given}"
            raise SettingsError(tell(message, setting=setting, given=repr(named)))
        folder = file.absolute().parent / named
        if setting in _FOLDERS_THERE and not folder.is_dir():
            message = "{setting} : pas de dossier à cet endroit : {folder}"
            raise SettingsError(tell(message, setting=setting, folder=named))
        folders[setting] = str(folder)
    return folders
