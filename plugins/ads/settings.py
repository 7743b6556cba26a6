"""The settings of ads, from Pelican's ``ADS``: typed, with defaults, unknown keys refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.ads import DEFAULT_KEY
from plugins.magazine.messages import tell
from plugins.magazine.settings import SettingsError, known_keys


@dataclass(frozen=True, slots=True)
class AdsSettings:
    """How ads are counted and shown."""

    key: Path
    """The file of the key that pages are signed with, which the service reads too."""
    counting: bool = True
    """Whether pages say what was seen of them."""
    consent: bool = False
    """Whether a reader is asked before anything is counted."""
    html5: bool = False
    """Whether creatives may be HTML pages, each shut in a frame."""

    @classmethod
    def from_pelican(cls, pelican: Mapping[str, Any]) -> "AdsSettings":
        """Read ``ADS``; raises ``SettingsError``. A relative path is meant from the folder that
        the output lies in, which is the settings file's in a magazine as it comes."""
        given = dict(known_keys(cls, "ADS", pelican.get("ADS", {})))
        key = given.pop("key", DEFAULT_KEY)
        wrong = [
            tell("ADS : {key} : il faut True ou False, pas {given}", key=name, given=repr(value))
            for name, value in given.items()
            if not isinstance(value, bool)
        ]
        if not isinstance(key, str):
            message = "ADS : key : il faut le chemin d’un fichier, pas {given}"
            wrong.append(tell(message, given=repr(key)))
        if wrong:
            raise SettingsError("\n".join(wrong))
        return cls(Path(pelican["OUTPUT_PATH"]).absolute().parent / key, **given)
